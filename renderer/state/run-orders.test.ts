/** The run bar offers what fits the state of the run, and nothing that would lose it. */
import { expect, test } from 'vitest';
import type { RunStatus } from '#main/contract/index.ts';
import { ordersOf, waitingFor } from './run-orders.ts';

const of = (status: RunStatus | undefined, known: Partial<Parameters<typeof ordersOf>[0]> = {}) =>
  ordersOf({ telling: 'run', status, settingUp: true, order: undefined, complete: false, ...known });

test('a run that was stopped, failed or was interrupted can be resumed, beside a new run', () => {
  for (const status of ['stopped', 'failed', 'interrupted'] as const)
    expect(of(status)).toEqual(['resume', 'new']);
});

test('a run that has taken all its steps can be trained longer, also if it failed at the end', () => {
  expect(of('finished', { complete: true })).toEqual(['longer', 'new']);
  expect(of('failed', { complete: true })).toEqual(['longer', 'new']);
});

test('a run under way is paused, resumed and stopped, and never started over', () => {
  expect(of('training')).toEqual(['pause', 'stop']);
  expect(of('paused')).toEqual(['continue', 'stop']);
  expect(of('unsaved', { complete: true })).toEqual(['save', 'give-up']);
});

test('a run that is starting can be cancelled; one that is being opened only waits', () => {
  expect(of('starting', { order: 'start' })).toEqual(['wait', 'cancel']);
  expect(of('starting', { order: 'resume' })).toEqual(['wait', 'cancel']);
  expect(of('starting', { order: 'open' })).toEqual(['wait']);
  expect(waitingFor('open')).toBe('Opening…');
  expect(waitingFor('resume')).toBe('Resuming…');
  expect(waitingFor('start')).toBe('Starting…');
});

test('a new run can be started; beside an open run, there is a way back to that', () => {
  expect(of(undefined, { telling: 'draft' })).toEqual(['start']);
  expect(of('stopped', { telling: 'draft' })).toEqual(['start', 'back']);
  expect(of(undefined, { telling: 'draft', settingUp: false })).toEqual(['start', 'set-up']);
});

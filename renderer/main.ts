/**
 * Starts the page: makes a typed Api of the preload script's bridge, a Studio of the Api, and draws the
 * window from the Studio. Nothing in renderer/ imports Node, or anything of the core but the contract.
 */
import './policy.ts';
import './theme/tokens.css';
import './theme/roles.css';
import './theme/base.css';
import './theme/field.css';
import './theme/float.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connect } from './state/api.ts';
import { Studio } from './state/studio.svelte.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html lacks its #app element.');
mount(App, { target, props: { studio: new Studio(connect(window.studio)) } });

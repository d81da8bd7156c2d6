/**
 * Starts the renderer: the bridge becomes a typed api, the api a studio, the studio a window. All of
 * renderer/ imports the contract alone of the core, and no Node.
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

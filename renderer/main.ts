/** Entry of the page. */
import './lib/no-eval.ts';
import './app/theme.css';
import './app/base.css';
import { mount } from 'svelte';
import App from './app/App.svelte';

mount(App, { target: document.getElementById('app')! });

/** Entry of the page. */
import './app/theme.css';
import './app/base.css';
import { mount } from 'svelte';
import { config } from 'zod';
import App from './app/App.svelte';

// zod would try to compile its checks; the page's policy forbids code from strings.
config({ jitless: true });

mount(App, { target: document.getElementById('app')! });

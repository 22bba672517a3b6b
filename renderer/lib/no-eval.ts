/** Must be imported first: zod decides while a schema is made whether to compile it, and the page's policy forbids code from strings. */
import { config } from 'zod';

config({ jitless: true });

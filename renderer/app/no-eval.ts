/** First import of the page: zod would try to compile its checks when a schema is made, and the page's policy forbids code from strings. */
import { config } from 'zod';

config({ jitless: true });

/** The inference host's process. */
import { serveTasks } from '../serve.ts';
import { inferenceConfig } from './config.ts';
import { inferenceHost } from './host.ts';
import type { InferenceTasks } from './tasks.ts';

serveTasks<InferenceTasks>((config) => inferenceHost(inferenceConfig.parse(config)));

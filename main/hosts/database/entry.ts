/** The database host's program. It ends with its parent; what was committed stays. */
import { serveTasks } from '../serve.ts';
import { databaseHost } from './handlers.ts';
import type { DatabaseTasks } from './tasks.ts';

serveTasks<DatabaseTasks>(() => databaseHost());

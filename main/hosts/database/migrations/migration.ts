/** One step of the database's shape. */
export interface Migration {
  name: string;
  sql: string;
}

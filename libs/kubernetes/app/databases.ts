import type { AppProps, Database } from '../generated/web-app';

/** A database of an app, and where it stands in its props. */
type PlacedDatabase = Database & { readonly prop: string };

/** All databases of an app: its first one, and the further ones. */
export const databasesOf = ({
  database,
  databases = {},
}: Pick<AppProps, 'database' | 'databases'>): readonly PlacedDatabase[] => [
  ...(database === undefined ? [] : [{ ...database, prop: 'database' }]),
  ...Object.entries(databases).map(([key, one]) => ({ ...one, prop: `databases.${key}` })),
];

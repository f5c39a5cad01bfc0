// Made by tools/sync-schemas from secrets.schema.json. Make it again: npm run sync-schemas. Do not edit.

/**
 * What `npm run secrets` keeps: which root the home uses, and how often each credential was rotated.
 */
export interface RecordedSecrets {
    readonly rootFingerprint: string;
    readonly rotations: {
        readonly [k: string]: number;
    };
}

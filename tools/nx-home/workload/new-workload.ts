/** A web app that is to be made. */
export interface NewWorkload {
  readonly name: string;
  readonly stack: string;
  readonly image: string;
  readonly port: number;
  /** The first part of its address. */
  readonly host: string;
  readonly memory: string;
  /** The path of its SQLite file in the container. */
  readonly database?: string;
}

/** When its replica is verified: on Saturdays, each app at a minute of its own, as its name has it. */
export function verifySchedule(name: string): string {
  const minute = [...name].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 60;
  return `${minute} 3 * * 6`;
}

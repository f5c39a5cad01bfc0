import type { House } from './house/house';
import type { Ran, Running } from './house/run-command';
import type { Made } from './stand-in/trouble';

/** One part of the life of a home. */
export interface Scene {
  /** A sentence about what holds. */
  readonly title: string;
  /** In the selection that `npm run check` plays. */
  readonly short: boolean;
  /** What the house is when the curtain rises. */
  readonly from: 'empty' | 'deployed';
  /** With which providers it can be played: most scenes look behind them, or make them misbehave. */
  readonly providers: 'stand-ins' | 'real' | 'any';
  /** About how long it takes, so that all lanes end at about the same time. */
  readonly seconds: number;
  play(stage: Stage): Promise<void>;
}

/** What a scene is played with. */
export interface Stage {
  readonly house: House;
  /** A line of the story. */
  tell(line: string): void;
  /** Waits for a command, which has to end with the given exit code for the story to go on. */
  runs(command: Running, code?: number): Promise<Ran>;
  /** Waits for trouble to strike while a command runs, which must not end before. */
  strikes(trouble: Made, during: Running): Promise<void>;
  /** Notes whether something holds; the story goes on. */
  holds(what: string, does: boolean, otherwise?: string): void;
  /** Notes whether two values are alike. */
  equals(what: string, actual: unknown, expected: unknown): void;
}

type Play = Scene['play'];

/** A scene that starts with a home where everything is in place. */
export function scene(title: string, options: Partial<Omit<Scene, 'title' | 'play'>>, play: Play): Scene {
  return { title, short: false, providers: 'stand-ins', from: 'deployed', seconds: 30, ...options, play };
}

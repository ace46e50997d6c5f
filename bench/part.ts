/** What a part of the bench is: it measures one kind of work and gives back a section of RESULTS.md as plain data. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process'

export interface StartOptions {
  /** Processors that it may use, counted from 0, where the system can pin. Default: all. */
  readonly cpus?: readonly number[]
  /** Beside the environment of this process. */
  readonly env?: Readonly<Record<string, string>>
}

export interface PartContext {
  /** Small sizes: the whole part in about half a minute. */
  readonly quick: boolean
  /** Counted rounds, after one that is not: 5, or 3 with --quick. */
  readonly repeats: number
  /** The interpreter of the pinned environment (bench/requirements.txt). */
  readonly python: string
  /** A folder for files that may be made anew at any time, not in git. */
  readonly cacheFolder: string
  /** A line of progress, on standard error. */
  readonly say: (text: string) => void
  /** Aborted by Ctrl-C. Children are ended without it; loops of the part's own should ask it. */
  readonly signal: AbortSignal
  /**
   * Starts a program with pipes for standard input, output and error. It is ended with the bench, however that ends; a part
   * still stops what it started before it returns.
   */
  readonly start: (
    command: string,
    args: readonly string[],
    options?: StartOptions,
  ) => ChildProcessWithoutNullStreams
}

/** One figure of one contender: all its samples, in the order of the rounds. */
export interface Measured {
  /** What was done: `1,000,000 x 28, 2 threads`. Rows with the same case stand together, and are compared with `ours`. */
  readonly case: string
  /** `Wonlost`, `LightGBM`, ... */
  readonly who: string
  readonly ours: boolean
  /** In the unit of the table; one a counted round, and so many for every contender of the case. */
  readonly samples: readonly number[]
  /** What says that the work was the same: `AUC 0.8123`, `largest difference 3e-7`. Empty: nothing to compare. */
  readonly check: string
}

export interface Table {
  readonly title: string
  /** `s`, `ms`, `µs`, `rows/s`, `requests/s`, `MB`, ... */
  readonly unit: string
  /** Which samples are good ones: the table says it. */
  readonly better: 'less' | 'more'
  readonly rows: readonly Measured[]
}

/** A figure that was promised. Exactly one of `atMost` and `atLeast`. */
export type Target = { readonly what: string; readonly measured: number } & (
  | { readonly atMost: number }
  | { readonly atLeast: number }
)

export interface Section {
  /** Paragraphs of Markdown: data, settings of each side, what is in the time and what is not. */
  readonly text: readonly string[]
  readonly targets: readonly Target[]
  readonly tables: readonly Table[]
}

export interface Part {
  /** As it is given on the command line. */
  readonly name: string
  /** For --help and the heading of the section: `Training`. */
  readonly title: string
  readonly summary: string
  /** false: there is no peer, and `python` is empty where no other part needs it. Default true. */
  readonly needsPython?: boolean
  readonly run: (context: PartContext) => Promise<Section>
}

export function definePart(part: Part): Part {
  return Object.freeze(part)
}

/**
 * Where training/boosting/wasm-memory.ts writes what the training kernel must know: words of 32 bits, in this order. Tables are of
 * i32. Below stands what threads agree by (threads.ts).
 */
export const ROW_COUNT: usize = 512
/** Of the table: the width of a row. */
export const ALL_COLUMN_COUNT: usize = 516
/** Threads in all. */
export const THREAD_COUNT: usize = 520
/** Column-major. */
export const BINS: usize = 524
/** The bins once more, row-major, of ROW_BYTES a row. */
export const ROW_MAJOR_BINS: usize = 528
export const ROW_BYTES: usize = 532
export const LABELS: usize = 536
/** 0 when all weights are 1. */
export const WEIGHTS: usize = 540
export const SCORES: usize = 544
export const GRADIENTS: usize = 548
export const ROWS: usize = 552
export const SCRATCH: usize = 556
export const HISTOGRAMS: usize = 560
export const HISTOGRAM_BYTES: usize = 564
export const GOES_LEFT: usize = 568
export const BIN_COUNTS: usize = 572
/** Where each column begins in a histogram, in bins; one more entry, the end. */
export const FIRST_BIN: usize = 576
/** The active columns, ascending. */
export const COLUMNS: usize = 580
/** For each piece of a partition: how many of its rows went left. */
export const LEFT_COUNTS: usize = 584
/** Room for the rows of a chunk, side by side: their bins, row-major, and their pairs. */
export const CHUNK_BINS: usize = 588
export const CHUNK_PAIRS: usize = 592
export const CHUNK_ROWS: usize = 596
/** For each column what the search for splits says of it (splits.ts). */
export const CANDIDATES: usize = 600
/** How many columns are active. */
export const COLUMN_COUNT: usize = 604

// What the leader works on; pieces of work read it.

/** Of a leaf: its first row in ROWS, and how many it has. */
export const START: usize = 608
export const COUNT: usize = 612
export const SLOT: usize = 616
export const COLUMN: usize = 620
/** Of a build: the rows from FROM to END of the leaf, whose bins (row-major) and pairs begin at these addresses. */
export const FROM: usize = 624
export const END: usize = 628
export const SOURCE_BINS: usize = 632
export const SOURCE_PAIRS: usize = 636
/** Bundles of columns in a build. */
export const BUNDLES: usize = 640
/** f64: what is added to scores. */
export const VALUE: usize = 648
/** Of binning: values of the rows from FROM to END, row-major, and what each column's are looked up in (bins.ts). */
export const VALUES: usize = 656
export const BIN_TABLES: usize = 660

/** What gradients are computed with, as doubles: training/boosting/wasm-memory.ts. */
export const CONSTANTS: usize = 768

/** A long run sets the number of cases for each function; then the seed is another one each time. */
const GIVEN_RUNS = process.env.DEODAR_FUZZ_RUNS;

/** Cases for each function. */
export const RUNS = Number(GIVEN_RUNS ?? 150);

/** What makes the cases; `DEODAR_FUZZ_SEED` makes those of an earlier run again. */
export const SEED = Number(
  process.env.DEODAR_FUZZ_SEED ?? (GIVEN_RUNS === undefined ? 20261121 : Date.now() % 2 ** 31),
);

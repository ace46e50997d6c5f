/** A typed array that grows by doubling. */
export class GrowingFloats<Floats extends Float32Array | Float64Array> {
  readonly #make: new (
    length: number,
  ) => Floats
  #values: Floats
  length = 0

  constructor(make: new (length: number) => Floats) {
    this.#make = make
    this.#values = new make(1_024)
  }

  /** Appends `count` zeros, and gives the array to write them in: valid until the next call. */
  extend(count: number): Floats {
    this.length += count
    if (this.length > this.#values.length) {
      const larger = new this.#make(2 * this.length)
      larger.set(this.#values)
      this.#values = larger
    }
    return this.#values
  }

  increment(place: number): void {
    this.#values[place]! += 1
  }

  toArray(): Floats {
    return this.#values.slice(0, this.length) as Floats
  }
}

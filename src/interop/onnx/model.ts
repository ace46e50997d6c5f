/** Parts of an ONNX file (onnx.proto): a graph of nodes with named inputs and outputs. Numbers of fields are those of onnx.proto. */
import { bytes, integer, integers, message, nested, text } from './protobuf.ts'

type Bytes = Uint8Array

const DOUBLE = 11
const UINT8 = 2
const IR_VERSION = 10

const ATTRIBUTE = { integer: 2, integers: 7, tensor: 4 } as const

export function integerAttribute(name: string, value: number): Bytes {
  return nested(5, [text(1, name), integer(3, value), integer(20, ATTRIBUTE.integer)])
}

export function integersAttribute(name: string, values: readonly number[]): Bytes {
  return nested(5, [text(1, name), integers(8, values), integer(20, ATTRIBUTE.integers)])
}

export function tensorAttribute(name: string, tensor: readonly Bytes[]): Bytes {
  return nested(5, [text(1, name), nested(5, tensor), integer(20, ATTRIBUTE.tensor)])
}

/** A list of doubles as a tensor. */
export function doubles(values: readonly number[]): Bytes[] {
  const content = new Uint8Array(8 * values.length)
  const view = new DataView(content.buffer)
  for (const [i, value] of values.entries()) view.setFloat64(8 * i, value, true)
  return [integers(1, [values.length]), integer(2, DOUBLE), bytes(9, content)]
}

export function unsignedBytes(values: readonly number[]): Bytes[] {
  return [integers(1, [values.length]), integer(2, UINT8), bytes(9, Uint8Array.from(values))]
}

interface OnnxNode {
  readonly operator: string
  /** '' for the operators of ONNX itself. */
  readonly domain: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: readonly Bytes[]
}

export interface OnnxGraph {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  /** Doubles by name. */
  readonly constants: Readonly<Record<string, readonly number[]>>
  /** Matrices of doubles with any number of rows: name and width. */
  readonly inputs: Readonly<Record<string, number>>
  readonly outputs: Readonly<Record<string, number>>
  /** Versions of the operators by domain. */
  readonly operators: Readonly<Record<string, number>>
  readonly metadata: Readonly<Record<string, string>>
}

export function onnxFile(graph: OnnxGraph): Bytes {
  return message([
    integer(1, IR_VERSION),
    text(2, 'wonlost'),
    nested(7, [
      ...graph.nodes.map(node),
      text(2, graph.name),
      ...Object.entries(graph.constants).map(([name, values]) =>
        nested(5, [...doubles(values), text(8, name)]),
      ),
      ...Object.entries(graph.inputs).map(([name, width]) => nested(11, matrix(name, width))),
      ...Object.entries(graph.outputs).map(([name, width]) => nested(12, matrix(name, width))),
    ]),
    ...Object.entries(graph.operators).map(([domain, version]) =>
      nested(8, [text(1, domain), integer(2, version)]),
    ),
    ...Object.entries(graph.metadata).map(([name, value]) => nested(14, [text(1, name), text(2, value)])),
  ])
}

function node({ operator, domain, inputs, outputs, attributes }: OnnxNode): Bytes {
  return nested(1, [
    ...inputs.map((input) => text(1, input)),
    ...outputs.map((output) => text(2, output)),
    text(4, operator),
    ...attributes,
    text(7, domain),
  ])
}

function matrix(name: string, width: number): Bytes[] {
  const shape = nested(2, [nested(1, [text(2, 'rows')]), nested(1, [integer(1, width)])])
  return [text(1, name), nested(2, [nested(1, [integer(1, DOUBLE), shape])])]
}

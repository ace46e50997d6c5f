/** A chart as text. linkedom's own text leaves `&` and `<` in attributes as they are, and charts carry names of customers. */
import { escapeText, Markup } from './markup.ts'

/** What is read of a node of the DOM. */
interface MarkupNode {
  readonly nodeType: number
  readonly nodeName: string
  readonly nodeValue: string | null
  readonly attributes?: Iterable<{ readonly name: string; readonly value: string }>
  readonly childNodes: Iterable<MarkupNode>
}

const ELEMENT = 1
const TEXT = 3

/** A hundredth of a pixel is more than is seen; what arithmetic leaves behind it would be half of the file. */
const LONG_NUMBER = /-?\d+\.\d{3,}(?:e-?\d+)?/g

export function svgMarkup(node: MarkupNode): Markup {
  return new Markup(write(node))
}

function write(node: MarkupNode): string {
  if (node.nodeType === TEXT) return escapeText(node.nodeValue ?? '')
  if (node.nodeType !== ELEMENT) return ''
  const name = node.nodeName
  const attributes = [...(node.attributes ?? [])].map(
    (attribute) => ` ${attribute.name}="${escapeText(shortened(attribute.name, attribute.value))}"`,
  )
  const children = [...node.childNodes].map(write).join('')
  return `<${name}${attributes.join('')}${children === '' ? '/>' : `>${children}</${name}>`}`
}

function shortened(name: string, value: string): string {
  if (name.startsWith('aria-')) return value
  return value.replace(LONG_NUMBER, (number) => String(Number(Number(number).toFixed(2))))
}

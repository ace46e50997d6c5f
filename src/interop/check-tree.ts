/** The shape of a tree in a file: from the root every node is reached at most once, so there are no cycles and no shared subtrees; leaves are finite. */
import type { FileNode, Refuse } from './file-model.ts'

/** Throws where a node has two parents or is its own ancestor, and where a leaf is no number that can be added. `place` is put before the node in the message. */
export function checkTree(nodes: readonly FileNode[], place: string, refuse: Refuse): void {
  const seen = new Uint8Array(nodes.length)
  const open = [0]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const node = nodes[at]
    if (!node) throw refuse(place, `there is no node ${at} among the ${nodes.length} of the tree`)
    if (seen[at] === 1) throw refuse(`${place}, node ${at}`, 'is reached twice: a node has one parent')
    seen[at] = 1
    if (node.kind !== 'leaf') open.push(node.left, node.right)
    else if (!Number.isFinite(node.value))
      throw refuse(`${place}, node ${at}`, `a leaf must be finite, given ${node.value}`)
  }
}

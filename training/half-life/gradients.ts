/**
 * Derivatives of the few operations that a pace model is made of. tfjs-core has a table of them, but in files that Node cannot load
 * (ES modules in a package that says it has none), so automatic differentiation is told these. Shapes never broadcast here. Each
 * derivative is a tensor of its own: where several are added up, the library throws the parts away.
 */
import type { GradConfig, Tensor } from '@tensorflow/tfjs-core'
import type { TensorLibrary } from './tensors.ts'

export function registerGradients(tf: TensorLibrary): void {
  const configs: readonly GradConfig[] = [
    {
      kernelName: tf.Add,
      gradFunc: (dy) => ({ a: () => tf.clone(one(dy)), b: () => tf.clone(one(dy)) }),
    },
    {
      kernelName: tf.Sub,
      gradFunc: (dy) => ({ a: () => tf.clone(one(dy)), b: () => tf.neg(one(dy)) }),
    },
    {
      kernelName: tf.Multiply,
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b]) => ({ a: () => tf.mul(one(dy), b!), b: () => tf.mul(one(dy), a!) }),
    },
    {
      kernelName: tf.Exp,
      outputsToSave: [true],
      gradFunc: (dy, [y]) => ({ x: () => tf.mul(one(dy), y!) }),
    },
    {
      kernelName: tf.Log1p,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.div(one(dy), tf.add(x!, 1)) }),
    },
    {
      kernelName: tf.Neg,
      gradFunc: (dy) => ({ x: () => tf.neg(one(dy)) }),
    },
    {
      kernelName: tf.Reshape,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.reshape(one(dy), x!.shape) }),
    },
    {
      // Neither side transposed.
      kernelName: tf.BatchMatMul,
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b]) => ({
        a: () => tf.matMul(one(dy), b!, false, true),
        b: () => tf.matMul(a!, one(dy), true, false),
      }),
    },
  ]
  for (const config of configs) if (!tf.getGradient(config.kernelName)) tf.registerGradient(config)
}

/** These operations have one result. */
function one(dy: Tensor | Tensor[]): Tensor {
  return Array.isArray(dy) ? dy[0]! : dy
}

/** Files that are cut off, lie, or are made to hurt: a coded error that says where, in little time and memory. */
import { describe, expect, it } from 'vitest'
import { readModelFile } from '../../src/interop/read-model.ts'
import { fixtureBytes, fixtureText } from './fixtures.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

function expectRefused(bytes: Uint8Array, code: string, message: RegExp): void {
  expect(() => readModelFile(bytes, 'model')).toThrow(
    expect.objectContaining({ code, message: expect.stringMatching(message) }),
  )
}

const LIGHTGBM = fixtureText('lightgbm-categorical.txt')
const XGBOOST = fixtureText('xgboost-categorical.json.model')

/** The fixture with one thing else; fails where there is nothing to change. */
function changed(text: string, from: RegExp, to: string): Uint8Array {
  const after = text.replace(from, to)
  if (after === text) throw new Error(`nothing matches ${from}`)
  return encode(after)
}

describe('LightGBM', () => {
  it.each([
    ['a line that is cut off', /end of trees[\s\S]*/, '', /the text ends before "end of trees"/],
    ['leaves that are not there', /num_leaves=\d+/, 'num_leaves=1000000000', /num_leaves\[0\].*to 4000000/],
    [
      'fewer leaves than said',
      /num_leaves=\d+/,
      'num_leaves=4000000',
      /leaf_value: must be 4000000 numbers, given 7/,
    ],
    [
      'a child out of range',
      /left_child=\S+/,
      'left_child=77',
      /left_child\[0\]: must be an integer from -7 to 5/,
    ],
    ['a node that is its own child', /left_child=\S+/, 'left_child=0', /node 0: is reached twice/],
    [
      'a feature out of range',
      /split_feature=\S+/,
      'split_feature=6',
      /split_feature\[0\].*from 0 to 5, given 6/,
    ],
    ['NaN', /leaf_value=\S+/, 'leaf_value=nan', /leaf_value\[0\]: must be a number, given "nan"/],
    ['text', /threshold=\S+/, 'threshold=0x10', /threshold\[0\]: must be a number/],
    [
      'a set of categories that is not there',
      /num_cat=\d+/,
      'num_cat=9',
      /cat_boundaries: must be 10 numbers/,
    ],
    ['sets that overlap', /cat_boundaries=0 1/, 'cat_boundaries=0 -1', /cat_boundaries/],
    ['a tree left out', /Tree=1/, 'Tree=2', /Tree=1 must come here/],
    ['a key twice', /\nnum_cat=/, '\nnum_leaves=7\nnum_cat=', /num_leaves is there twice/],
    ['a cover below zero', /leaf_count=\S+/, 'leaf_count=-5', /leaf_count\[0\]/],
    ['more leaves than said', /leaf_value=/, 'leaf_value=1 ', /leaf_value: must be 7 numbers, given more/],
    ['more names than said', /feature_names=/, 'feature_names=a ', /must be 6 names .*, given more/],
    [
      'leaves that are infinite as log-odds',
      /sigmoid:1([\s\S]*?leaf_value=)\S+/,
      'sigmoid:100$11e308',
      /Tree 0, node 6: a leaf must be finite, given Infinity/,
    ],
    // Patterns that try every way to cut so many digits would take minutes.
    [
      'a number as long as the file',
      /leaf_value=\S+/,
      `leaf_value=${'1'.repeat(400_000)}x`,
      /leaf_value\[0\]: must be a number, given "1{57}"\.\.\./,
    ],
  ])('%s', (_, from, to, message) => {
    expectRefused(changed(LIGHTGBM, from, to), 'model_file_invalid', message)
  })

  it.each([
    ['ranking', /objective=.*/, 'objective=lambdarank', /objective: must be binary or cross_entropy/],
    ['regression', /objective=.*/, 'objective=regression', /given "regression"/],
    ['a custom objective', /objective=.*\n/, '', /custom/],
    ['classes', /num_class=1/, 'num_class=3', /num_class: several classes/],
    ['linear leaves', /is_linear=0/, 'is_linear=1', /Tree 0, is_linear: linear leaves/],
  ])('refuses %s by name', (_, from, to, message) => {
    expectRefused(changed(LIGHTGBM, from, to), 'model_unsupported', message)
  })
})

describe('XGBoost JSON', () => {
  it.each([
    ['nesting without end', /^[\s\S]*$/, `{"learner":${'['.repeat(1_000_000)}`, /nested more than 64 deep/],
    ['lists without end', /^[\s\S]*$/, `{"learner":[${'[],'.repeat(5_000_000)}`, /more than 4500000 lists/],
    ['a cut', /[\s\S]{500}$/, '', /not JSON/],
    ['a child out of range', /"left_children":\[\d+/, '"left_children":[99', /trees.0: there is no node 99/],
    [
      'a node that is its own child',
      /"left_children":\[\d+/,
      '"left_children":[0',
      /trees.0, node 0: is reached twice/,
    ],
    [
      'arrays of other lengths',
      /"split_conditions":\[/,
      '"split_conditions":[0,',
      /split_conditions: must hold/,
    ],
    [
      'a feature out of range',
      /"split_indices":\[\d+/,
      '"split_indices":[6',
      /split_indices: must be below 6/,
    ],
    [
      'NaN',
      /"split_conditions":\[[^,]+/,
      '"split_conditions":[NaN',
      /split_conditions.0: must be a finite number/,
    ],
    ['a set beyond its codes', /"categories_sizes":\[\d+/, '"categories_sizes":[70', /categories_sizes/],
    [
      'a hessian below zero',
      /"sum_hessian":\[[^,]+/,
      '"sum_hessian":[-1',
      /sum_hessian: must not be negative/,
    ],
    [
      'a probability beyond 1',
      /"base_score":"[^"]*"/,
      '"base_score":"[1.5E0]"',
      /base_score: must be a probability/,
    ],
    ['no base score', /"base_score":"[^"]*"/, '"base_score":"nan"', /base_score: must be one number/],
    [
      'a base score as long as the file',
      /"base_score":"[^"]*"/,
      `"base_score":"[${' '.repeat(400_000)}x"`,
      /base_score: must be one number.*, given "\[ {56}"\.\.\./,
    ],
    [
      'a base score that is infinite as log-odds',
      /"base_score":"[^"]*"/,
      '"base_score":"1E-45"',
      /base_score: must be finite as log-odds in float32, given "1E-45"/,
    ],
    [
      'a leaf that is infinite in float32',
      /("split_conditions":\[[^\]]*,)[^,\]]*\]/,
      '$11e300]',
      /trees.0, node \d+: a leaf must be finite/,
    ],
    ['no trees', /"trees":\[[\s\S]*\]\},"name"/, '"trees":[]},"name"', /there is no tree/],
    ['a __proto__', /"learner":/, '"__proto__":{},"learn":', /learner is missing/],
  ])('%s', (_, from, to, message) => {
    expectRefused(changed(XGBOOST, from, to), 'model_file_invalid', message)
  })

  it.each([
    ['dart', /"name":"gbtree"/, '"name":"dart"', /must be gbtree, given "dart"/],
    ['a linear model', /"name":"gbtree"/, '"name":"gblinear"', /gblinear/],
    ['ranking', /"name":"binary:logistic"/, '"name":"rank:ndcg"', /binary:logistic.*given "rank:ndcg"/],
    ['several classes', /"num_class":"0"/, '"num_class":"3"', /num_class: several/],
    ['several targets', /"num_target":"1"/, '"num_target":"2"', /num_target: several/],
    ['vectors in leaves', /"size_leaf_vector":"1"/, '"size_leaf_vector":"3"', /size_leaf_vector/],
  ])('refuses %s by name', (_, from, to, message) => {
    expectRefused(changed(XGBOOST, from, to), 'model_unsupported', message)
  })
})

describe('XGBoost UBJSON', () => {
  const whole = fixtureBytes('xgboost-numeric.ubj')

  it('is refused wherever it is cut', () => {
    for (let length = 2; length < whole.length; length += 7)
      expectRefused(whole.subarray(0, length), 'model_file_invalid', /cut off|must|marker/)
  })

  it('never hangs or breaks otherwise, whatever byte is wrong', () => {
    for (let at = 2; at < whole.length; at += 3) {
      const bytes = whole.slice()
      bytes[at] = bytes[at]! ^ (1 << (at % 8))
      try {
        readModelFile(bytes, 'model')
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^model_(file_invalid|unsupported)$/) })
      }
    }
  })

  it.each([
    ['a list of a billion', '{U\x07learner[#l\x3b\x9a\xca\x00', /1000000000 bytes must follow/],
    ['a typed list of a billion', '{U\x07learner[$d#l\x3b\x9a\xca\x00', /4000000000 bytes must follow/],
    ['values that take no bytes', '{U\x07learner[$Z#l\x3b\x9a\xca\x00', /must be of numbers, given "Z"/],
    ['a text of a billion', '{U\x07learnerSl\x3b\x9a\xca\x00', /bytes must follow/],
    // It is counted in the message, not written out: as text it would be ten times as long.
    [
      'a list for an object',
      `{U\x07learner[$U#U\xc8${'\x01'.repeat(200)}}`,
      /learner: must be an object, given a list of 200/,
    ],
    ['a negative count', '{U\x07learner[#i\xff', /must be an integer that is not negative/],
    [
      'nesting without end',
      `{U\x07learner${'[#U\x01'.repeat(100_000)}`,
      /bytes must follow|nested more than 64/,
    ],
    ['plain nesting without end', `{U\x07learner${'['.repeat(100_000)}`, /nested more than 64/],
    ['a key twice', '{U\x01aZU\x01aZ}', /"a" is there twice/],
    ['an unknown marker', '{U\x01a?}', /unknown marker "\?"/],
    ['more behind the end', '{U\x01aZ}}', /1 bytes follow the end/],
  ])('%s', (_, text, message) => {
    expectRefused(
      Uint8Array.from(text, (char) => char.charCodeAt(0)),
      'model_file_invalid',
      message,
    )
  })
})

describe('anything else', () => {
  it.each([
    ['nothing', '', 'model_file_invalid', /unknown format; allowed: the text of a LightGBM model/],
    ['text', 'hello', 'model_file_invalid', /unknown format/],
    ['the old format of XGBoost', 'binf\x00\x01', 'model_unsupported', /old binary format/],
    ['dump_model of LightGBM', '{"name":"tree","tree_info":[]}', 'model_unsupported', /dump_model/],
    ['other JSON', '{"a":1}', 'model_file_invalid', /learner is missing/],
  ])('%s', (_, text, code, message) => {
    expectRefused(encode(text), code, message)
  })
})

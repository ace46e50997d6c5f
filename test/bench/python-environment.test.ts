import { expect, test } from 'vitest'
import { requiredVersions } from '../../bench/python-environment.ts'

test('a run says which of two pinned versions was installed, and nothing of what came with them', () => {
  const requirements = `# Pinned.
lightgbm==4.7.0
xgboost==3.4.1; python_version >= "3.12"
xgboost==3.2.0; python_version < "3.12"
scikit-learn==1.9.1
`
  const installed = 'joblib==1.6.0\nlightgbm==4.7.0\nscikit-learn==1.9.1\nxgboost==3.2.0\n'
  expect(requiredVersions(requirements, installed)).toEqual([
    'lightgbm 4.7.0',
    'xgboost 3.2.0',
    'scikit-learn 1.9.1',
  ])
})

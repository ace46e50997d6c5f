/** Every command, in the order of `wonlost --help`. To add one: a file beside this one, and a line here. */
import type { CliCommand } from '../command.ts'
import { bandsSuggestCommand } from './bands-suggest.ts'
import { dataCheckCommand } from './data-check.ts'
import { dataMergeCommand } from './data-merge.ts'
import { dbRewriteCommand } from './db-rewrite.ts'
import { dbStartCommand } from './db-start.ts'
import { dbStatusCommand } from './db-status.ts'
import { dbStopCommand } from './db-stop.ts'
import { demoCommand } from './demo.ts'
import { explainCommand } from './explain.ts'
import { exportModelCommand } from './export-model.ts'
import { exportScoresCommand } from './export-scores.ts'
import { feedbackAddCommand } from './feedback-add.ts'
import { feedbackListCommand } from './feedback-list.ts'
import { feedbackReportCommand } from './feedback-report.ts'
import { fitTableCommand } from './fit-table.ts'
import { generateCommand } from './generate.ts'
import { guardrailsBacktestCommand } from './guardrails-backtest.ts'
import { guardrailsCheckCommand } from './guardrails-check.ts'
import { importCommand } from './import.ts'
import { importModelCommand } from './import-model.ts'
import { keysCreateCommand } from './keys-create.ts'
import { keysListCommand } from './keys-list.ts'
import { keysRevokeCommand } from './keys-revoke.ts'
import { leadEraseCommand } from './lead-erase.ts'
import { leadExportCommand } from './lead-export.ts'
import { leadSetCommand } from './lead-set.ts'
import { leadShowCommand } from './lead-show.ts'
import { migrateCommand } from './migrate.ts'
import { modelsListCommand } from './models-list.ts'
import { modelsPromoteCommand } from './models-promote.ts'
import { modelsRecalibrateCommand } from './models-recalibrate.ts'
import { modelsReportCommand } from './models-report.ts'
import { modelsRollbackCommand } from './models-rollback.ts'
import { modelsShowCommand } from './models-show.ts'
import { monitorCommand } from './monitor.ts'
import { objectionClearCommand } from './objection-clear.ts'
import { objectionSetCommand } from './objection-set.ts'
import { overrideClearCommand } from './override-clear.ts'
import { overrideSetCommand } from './override-set.ts'
import { rubricSuggestCommand } from './rubric-suggest.ts'
import { scoreCommand } from './score.ts'
import { serveCommand } from './serve.ts'
import { simulateTrafficCommand } from './simulate-traffic.ts'
import { trainCommand } from './train.ts'

export const COMMANDS: readonly CliCommand[] = [
  demoCommand,
  migrateCommand,
  generateCommand,
  trainCommand,
  modelsListCommand,
  modelsShowCommand,
  modelsReportCommand,
  modelsPromoteCommand,
  modelsRollbackCommand,
  modelsRecalibrateCommand,
  monitorCommand,
  bandsSuggestCommand,
  rubricSuggestCommand,
  scoreCommand,
  explainCommand,
  leadShowCommand,
  leadSetCommand,
  leadExportCommand,
  leadEraseCommand,
  objectionSetCommand,
  objectionClearCommand,
  feedbackAddCommand,
  feedbackListCommand,
  feedbackReportCommand,
  overrideSetCommand,
  overrideClearCommand,
  exportScoresCommand,
  exportModelCommand,
  importModelCommand,
  serveCommand,
  simulateTrafficCommand,
  keysCreateCommand,
  keysListCommand,
  keysRevokeCommand,
  importCommand,
  dataCheckCommand,
  dataMergeCommand,
  guardrailsCheckCommand,
  guardrailsBacktestCommand,
  fitTableCommand,
  dbStartCommand,
  dbStopCommand,
  dbStatusCommand,
  dbRewriteCommand,
]

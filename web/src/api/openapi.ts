/** Made from the OpenAPI document by `npm run types:api`. */
export interface paths {
    "/api/s/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Jitsu's messages. */
        post: operations["jitsu"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/s/s2s/{type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Jitsu's messages, from servers. */
        post: operations["jitsuFromServer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/batch/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** PostHog's events. */
        post: operations["posthogBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/e/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Events of PostHog's client in pages. */
        post: operations["posthogPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process lives. Says nothing of the database. */
        get: operations["isAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus, in its text format.
         * @description The database is asked every 5 s at most. No label holds anything about a person.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The database answers, its schema fits, and an engine is loaded. */
        get: operations["isReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The queue of accounts, page by page.
         * @description With the stored scores of the model that decides about accounts, which an override of one of its people, its end and a correction renew. Accounts that were never scored come last.
         */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is known of an account: traits, people, what they did, deals. */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/course": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The score of an account at many moments, past and to come.
         * @description Computed afresh, by the models that answer now: what was known at each moment, and what will be if nothing new happens. What was said at the time is the history.
         */
        get: operations["getAccountCourse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events behind the score of an account, and what each is worth.
         * @description Each event is taken away in turn, and the score computed without it. The group of what it adds to is that of the reason it stands behind.
         */
        get: operations["getAccountEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why: what every feature added to the score, and what each of the people did.
         * @description Computed afresh, so that it adds up, with the models that answer now.
         */
        get: operations["getAccountExplanation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the scores of an account moved, and why.
         * @description As of a lead.
         */
        get: operations["getAccountHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The score of an account, with its people: the stored one, or computed afresh as of any time. */
        get: operations["getAccountScore"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alias": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Two ids of one user.
         * @description Segment's format. Answered when it is durable; the same `messageId` again changes nothing. A message that cannot be used is answered 200 and kept with the reason: GET /v1/ingest/rejected.
         */
        post: operations["alias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Many messages at once.
         * @description Segment's format. Answered when it is durable; the same `messageId` again changes nothing. A message that cannot be used is answered 200 and kept with the reason: GET /v1/ingest/rejected.
         */
        post: operations["batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell of a deal, or of what became of it.
         * @description By the rules of an import of deals. Sent again under its `deal_id` it takes the place of what was known; the same again changes nothing. Contacts must be known leads.
         */
        post: operations["putDeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feedback/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of the scores in sales.
         * @description Rejections by band and reason; the time to the first response against the promise of the band; how many reach each stage above and below the hand-off line, against the base rate; the length of deals before and after scoring began. As `wonlost feedback report --json` prints it.
         */
        get: operations["getFeedbackReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/grid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Leads by fit and intent, counted in bins, with what the policy says of each pair.
         * @description Of the stored scores of the model that decides. Of more than two million leads, or 100,000 of one band, a part is counted, always the same, and `share` says how large it is.
         */
        get: operations["getGrid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The account that a user belongs to, with traits.
         * @description Segment's format. Answered when it is durable; the same `messageId` again changes nothing. A message that cannot be used is answered 200 and kept with the reason: GET /v1/ingest/rejected.
         */
        post: operations["group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guardrails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The guardrails in force, or any version before. */
        get: operations["getGuardrails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guardrails/backtest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What each rule would have stopped in the past, and the won deals it would have cost.
         * @description History is replayed by what was known at each moment: leads at the landmarks of the model that decides, won deals when they were opened. Nothing is kept. One at a time.
         */
        post: operations["backtestGuardrails"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guardrails/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Whether the tests inside the guardrails pass, and whether each rule can hold.
         * @description Of those in force, or of changed ones. Without any data, and nothing is kept.
         */
        post: operations["checkGuardrails"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/guardrails/hits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * For how many leads each rule holds, as stored.
         * @description What a rule would have cost in won deals is told by POST /v1/guardrails/backtest. Of very many leads a part is counted, always the same.
         */
        get: operations["getRuleHits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Leads that wait to be scored again, and the last scoring of all. */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When sweep, monitor and retention ran last. */
        get: operations["listScheduledJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/identify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who a user is, with traits.
         * @description Segment's format. Answered when it is durable; the same `messageId` again changes nothing. A message that cannot be used is answered 200 and kept with the reason: GET /v1/ingest/rejected.
         */
        post: operations["identify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ingest/rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Live messages that came, minute by minute.
         * @description Of all servers on this database: each adds to the counts every second, and has counted since it knows how to.
         */
        get: operations["getIngestRate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ingest/rejected": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that could not be used, with the reason. */
        get: operations["listRejectedMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ingest/unknown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names of events and traits that the mapping file does not have.
         * @description The 200 most frequent. Events are kept under their own name; models/tracking.yaml gives them ours.
         */
        get: operations["listUnknownNames"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The queue, page by page.
         * @description With the stored scores of the model that decides. Leads that were never scored come last.
         */
        get: operations["listLeads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is known of a lead: traits, events, deals. */
        get: operations["getLead"];
        put?: never;
        post?: never;
        /**
         * Erase a person, for good.
         * @description Everything that is kept of it, and of those merged into it, in one transaction. Salted hashes of its names stay, so that no import and no message brings it back. Again for the same id changes nothing but what has come to mention it since.
         */
        delete: operations["eraseLead"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/course": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The score of a lead at many moments, past and to come.
         * @description Computed afresh, by the models that answer now: what was known at each moment, and what will be if nothing new happens. What was said at the time is the history.
         */
        get: operations["getLeadCourse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The events behind the score of a lead, and what each is worth.
         * @description Each event is taken away in turn, and the score computed without it. The group of what it adds to is that of the reason it stands behind.
         */
        get: operations["getLeadEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why: the score with what every feature added to it, next steps, and when it falls.
         * @description Computed afresh, so that it adds up, with the models that answer now. With `since`, what changed since then, by the same models at both moments.
         */
        get: operations["getLeadExplanation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is kept about a person.
         * @description As of one moment, row by row, with those that were merged into it.
         */
        get: operations["exportLead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said of a lead, and its verdicts by hand. */
        get: operations["listFeedback"];
        put?: never;
        /**
         * Say what became of a lead: contacted, accepted, rejected with a reason, or a trait corrected.
         * @description Kept beside the scores, with the score that was seen. It is never a label: only a correction reaches scores, as a trait that is known from now on: the lead, its colleagues and its account are scored again.
         */
        post: operations["giveFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the scores of a lead moved, and why.
         * @description An entry where a score moved by enough, or its band, verdict or versions changed.
         */
        get: operations["getLeadHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/objection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * A person does not want to be scored: from now on never.
         * @description Nothing is computed of it, for itself or as a colleague of others, and no model learns from it. Its stored scores and their history go; nobody hears of it by webhook.
         */
        put: operations["setObjection"];
        post?: never;
        /** A person agrees to be scored again. */
        delete: operations["clearObjection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/override": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Overrule the verdict of a lead until a date, with a reason.
         * @description In place of any other verdict by hand. The lead and its account are scored again, so that the queues show it at once. What rules and scores say alone stays in the answer, under `verdict.override.without_it`, and holds again once the override has expired.
         */
        put: operations["setOverride"];
        post?: never;
        /** Take a verdict by hand back. */
        delete: operations["clearOverride"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/leads/{id}/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The score of a lead: the stored one, or computed afresh as of any time. */
        get: operations["getLeadScore"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every model, with its versions and what answers under its name. */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One model. */
        get: operations["getModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Two versions on the same leads: how many would stand in another band.
         * @description As of now, with the policy and the guardrails in force; everything else answers as it does. Computed afresh on a sample of the leads, always the same. Nothing is kept. One at a time.
         */
        get: operations["compareModelVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which version was champion or challenger from when on, by whom and why. */
        get: operations["getModelHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/monitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the monitor found, the newest run first. */
        get: operations["listMonitorRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a version answer, if the gate of training let it pass. Every running server follows within two seconds. */
        post: operations["promoteModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an earlier version answer again: by default the champion before this one, or none before the first. */
        post: operations["rollbackModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/versions/{v}/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What versions are compared by: quality beside the baselines, curves, half-lives, the gate.
         * @description Out of the report of the version, of which this is a tenth. It never changes.
         */
        get: operations["getVersionFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}/versions/{v}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What training measured, as it was written then: as JSON, or as a page with charts.
         * @description JSON by default. With `Accept: text/html`, as browsers send it, the page that was made when the version was trained: whole in one file, without scripts or network. Imported and recalibrated models have no page, and versions older than these pages get theirs by `wonlost models report`.
         */
        get: operations["getModelReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A page that somebody saw.
         * @description Segment's format. Answered when it is durable; the same `messageId` again changes nothing. A message that cannot be used is answered 200 and kept with the reason: GET /v1/ingest/rejected.
         */
        post: operations["page"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policy in force, or any version before. */
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/amounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What won deals came to: the amounts behind expected values.
         * @description Brought up to date whenever all leads are scored.
         */
        get: operations["getWonAmounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/distribution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How scores lie, score by score: what any edge of a band would mean.
         * @description One answer from which a page computes volume, expected wins, precision and capacity for any edges: sums over the lines of a band. Of very many leads a part is counted, always the same.
         */
        get: operations["getScoreDistribution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The policy with other edges of its bands, as YAML to review. Nothing is changed.
         * @description Numbers change in their places; comments and everything else stay as they are. The policy is a file: whoever may change it there puts it in force.
         */
        post: operations["proposeBands"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policy/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How many leads a changed policy would give another band, route or action.
         * @description The stored scores are decided again, by the policy in force and by the changed one. Nothing is kept, and no model is asked.
         */
        post: operations["simulatePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Score a lead that the request describes.
         * @description Stateless: nothing is read from the database, nothing is kept.
         */
        post: operations["score"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/screen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A screen of an app that somebody saw.
         * @description Segment's format. Answered when it is durable; the same `messageId` again changes nothing. A message that cannot be used is answered 200 and kept with the reason: GET /v1/ingest/rejected.
         */
        post: operations["screen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in to the dashboard, and what they may do.
         * @description Where nobody is asked for a key, everybody is signed in and may do everything.
         */
        get: operations["getSession"];
        put?: never;
        /**
         * Signs in with a key that may read.
         * @description Answers a cookie for this host. The session ends after seven days, within a second when its key is revoked or expires, and when its key begins 50 later ones. A key may sign in 30 times a minute; after 10 wrong keys within a minute, further ones from the same address are answered 429.
         */
        post: operations["beginSession"];
        /**
         * Signs out.
         * @description The cookie goes in any case. 503: the session itself could not be ended, so its token, were it copied, is good until it expires.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sends a browser to the identity provider to sign in.
         * @description Where one is configured: `sign_in` of GET /v1/session has `oidc`.
         */
        get: operations["beginSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Takes the answer of the identity provider, and begins a session.
         * @description The address to register with the provider. What the answer holds is laid down by OpenID Connect; more fields are allowed.
         */
        get: operations["finishSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes of scores as they happen, as server-sent events.
         * @description One event named `score` for each entry in the history whose score, band or verdict is another one than before. Its id is the history
         *     id: a client that connects again with `Last-Event-ID`, as browsers do, gets what it missed first, and misses nothing. Ids without an event say how far the stream is; one comes
         *     every 15 s at least. It ends when the server stops, and within a second or two when its key is revoked, or its session ends.
         */
        get: operations["streamScores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What somebody did.
         * @description Segment's format. Answered when it is durable; the same `messageId` again changes nothing. A message that cannot be used is answered 200 and kept with the reason: GET /v1/ingest/rejected.
         */
        post: operations["track"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All endpoints, with what waits for them and what was given up. */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Have changes of bands and verdicts, and responses that are late, sent to a URL.
         * @description Signed as Standard Webhooks has it. The host of the URL must resolve to public addresses only; it is looked up again for each attempt. What was crossed before the endpoint was made is not sent.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One endpoint. */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Remove an endpoint, with its messages and attempts. */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was sent to an endpoint, and what it answered. */
        get: operations["listWebhookAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/attempts/{attempt}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the message of an attempt once more, with all attempts that a new one would have.
         * @description Under the same `webhook-id`: a receiver that has it already may drop it.
         */
        post: operations["replayWebhookAttempt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send to an endpoint again that was disabled because it answered 410.
         * @description What was not sent meanwhile is kept, and stays so: replay it.
         */
        post: operations["enableWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send once more all messages that were given up, or not sent while the endpoint was disabled.
         * @description Each under its own `webhook-id`, with all attempts that a new one would have.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a new secret for an endpoint.
         * @description For a day both sign, so that the receiver may change at any time in it. There are never more than two: to end a secret at once, rotate twice.
         */
        post: operations["rotateWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountFacts: {
            account: {
                account_id: string;
                traits: {
                    [key: string]: {
                        /**
                         * Format: date-time
                         * @example 2026-11-21T00:00:00Z
                         */
                        known_at: string;
                        /**
                         * Format: date-time
                         * @example 2026-11-21T00:00:00Z
                         */
                        occurred_at: string;
                        source: string;
                        undated: boolean;
                        value: string | number | boolean | string[];
                    };
                };
            };
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            /** @description Its own, as they were known by then. One that names no account is of every account that has a contact on it. */
            deals: {
                /** @description As recorded last: earlier amounts are not kept. null: none is recorded, or the deal has ended since, and what it was to be worth then is not known. */
                amount: number | null;
                closed_at: string | null;
                /** @description Of the amount. */
                currency: string | null;
                deal_id: string;
                lost_reason: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                opened_at: string;
                /**
                 * @description open: no end was known by then.
                 * @enum {string}
                 */
                outcome: "won" | "lost" | "open";
                pipeline: string;
            }[];
            /** @description Events of all of them before `as_of`. */
            event_count: number;
            /** @description What they did, in order of time; the latest 1000 where there is more. */
            events: {
                event_id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                known_at: string;
                lead_id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                occurred_at: string;
                type: string;
            }[];
            /** @description The leads that were known by then. */
            people: {
                event_count: number;
                last_event_at: string | null;
                lead_id: string;
                /** @description First and last name. */
                name: string | null;
                title: string | null;
            }[];
        };
        AccountList: {
            accounts: {
                account_id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                created_at: string;
                /** @description As it is known now, or else its domain. */
                name: string | null;
                /** @description The stored score of the model that decides; null: not scored yet. */
                score: {
                    /**
                     * Format: date-time
                     * @example 2026-11-21T00:00:00Z
                     */
                    as_of: string;
                    band: string;
                    decision: components["schemas"]["Decision"];
                    model: string;
                    probability: number | null;
                    raw_points: number;
                    score: number;
                    verdict: string;
                    version: string;
                } | null;
            }[];
            /** @description null: this was the last page. */
            next_cursor: string | null;
        };
        AccountScoreHistory: {
            account_id: string;
            /** @description Newest first. */
            entries: {
                /** @description As it was named then: it may have been merged since. */
                account_id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                as_of: string;
                band: string;
                /** @description Why it was scored: event, trait, deal, override, sweep, score ... */
                cause: string;
                /** @description The band after the verdict. */
                decision_band: string | null;
                guardrails_version: string;
                model: string;
                number: number;
                policy_version: string;
                probability: number | null;
                raw_points: number;
                /** @description Where the entry started an action: the reasons, as answered then; else null. */
                reasons: unknown;
                score: number;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                scored_at: string;
                segment: string | null;
                /** @enum {string} */
                verdict: "eligible" | "review" | "disqualified";
                version: string;
            }[];
            /** @description Ask for the next page with `before` set to it; null: the end. */
            next_before: number | null;
        };
        BandsProposal: {
            /** @description Its section `bands`. */
            bands: string;
            /** @description The bands that begin elsewhere than now. */
            moved: string[];
            /** @description The whole policy as it would be, as YAML: for review, and POST /v1/policy/simulate. */
            policy: string;
            /** @description Of the policy in force, which was changed. */
            policy_version: string;
        };
        /**
         * @example {
         *       "starts": {
         *         "hot": 75
         *       }
         *     }
         */
        BandsProposalRequestInput: {
            /** @description By name of a band above the lowest, the lowest score in it. Bands that are not named begin where they do. */
            starts: {
                [key: string]: number;
            };
        };
        Change: {
            /** @constant */
            applies: true;
            band: {
                after: string;
                before: string;
            };
            /** @description Of raw_points; the sum of the points of all reasons. */
            difference: number;
            /** @description The score that was current then, perhaps by another model or policy; null: none was. */
            kept: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                as_of: string;
                band: string;
                policy_version: string;
                raw_points: number;
                score: number;
                segment: string | null;
                version: string;
            } | null;
            note: string;
            probability: {
                after: number | null;
                before: number | null;
            };
            raw_points: {
                after: number;
                before: number;
            };
            reasons: {
                group: string;
                points: number;
                /**
                 * @description calibration: what a calibration that is no line bends otherwise than before.
                 * @enum {string}
                 */
                side: "fit" | "behaviour" | "calibration";
                text: {
                    after: string | null;
                    before: string | null;
                };
            }[];
            /** @description What the guardrails of now say at both moments, whoever overrides them. */
            ruled: {
                after: components["schemas"]["RulesSay"];
                before: components["schemas"]["RulesSay"];
            };
            score: {
                after: number;
                before: number;
            };
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            since: string;
        } | {
            /** @constant */
            applies: false;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            since: string;
            why: string;
        };
        Configuration: {
            /** @description The same as JSON. */
            content: {
                [key: string]: unknown;
            };
            /** @description The YAML as it was read. */
            source: string;
            /** @description As in `policy_version` and `guardrails_version` of every answer. */
            version: string;
        };
        CreatedWebhook: {
            bands: string[] | null;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            created_at: string;
            description: string | null;
            /** @description It gets nothing: it answered 410. */
            disabled: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                at: string;
                because: string;
            } | null;
            events: ("lead.band_changed" | "lead.verdict_changed" | "lead.response_overdue" | "account.band_changed" | "account.verdict_changed")[];
            /** @description Messages that were given up, or not sent while it was disabled. Replay them. */
            failed: number;
            /** @enum {string} */
            format: "standard" | "slack";
            id: string;
            /** @description Messages on their way. */
            pending: number;
            /** @description Signs what is sent. Shown this once. */
            secret: string;
            /** @description That sign now, the newest first. The secrets themselves are shown once, when they are made. */
            secrets: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                created_at: string;
                expires_at: string | null;
            }[];
            url: string;
        };
        Decision: {
            action: string;
            band: string;
            /** @description null where the policy asks for none, or there is no probability or amount. */
            expected_value: {
                amount: number;
                /** @description Of the table of won amounts; null for an open deal. */
                amounts_version: string | null;
                /** @enum {string} */
                basis: "open deal" | "median of segment";
                currency: string;
                /** @description Whose won deals the median is of; null: of everyone. */
                segment: string | null;
                /** @description probability x amount. */
                value: number;
            } | null;
            grade: string | null;
            /** @description What the policy says of the pair of fit and intent. */
            grade_action: string | null;
            nurture: string | null;
            /** @description The field of the two-by-two, as sales calls it. */
            quadrant: string | null;
            respond_within: string | null;
            /** @description The queue; null in policies without routes. */
            route: string | null;
            /** @description The line of the policy that said so, with its place. */
            route_rule: string | null;
        };
        /**
         * @example {
         *       "lead_id": "l_123",
         *       "erased_at": "2026-11-21T00:00:00Z",
         *       "repeated": false,
         *       "leads": 2,
         *       "rows": {
         *         "events": 41,
         *         "traits": 9,
         *         "leads": 2
         *       },
         *       "reports": 0
         *     }
         */
        Erasure: {
            /**
             * Format: date-time
             * @description When the person was erased first.
             * @example 2026-11-21T00:00:00Z
             */
            erased_at: string;
            lead_id: string;
            /** @description Leads that were this person: its own, and those merged into it. */
            leads: number;
            /** @description It was erased before; what still mentioned the id went now. */
            repeated: boolean;
            /** @description Reports of models that showed the person. */
            reports: number;
            /** @description Rows that went, by table. */
            rows: {
                [key: string]: number;
            };
        };
        EventInput: {
            /** @description Unique in the request. Default: its place in the list. */
            event_id?: string;
            /**
             * Format: date-time
             * @description When it was learned of. Default: `occurred_at`.
             * @example 2026-11-21T00:00:00Z
             */
            known_at?: string;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            occurred_at: string;
            properties?: {
                [key: string]: unknown;
            };
            source?: string;
            /** @example pricing_page_viewed */
            type: string;
        };
        EventWorth: {
            /** @description Empty: the model does not look at it. */
            adds: {
                /** @description As in `contributions` of the explanation. */
                feature: string;
                /** @description As in its `reasons`. */
                group: string;
                /** @description What it adds to the value of the feature: of a sum over events, its own term, such as what is left of its weight (2^(-age / half-life)). null: without it the feature is missing, or is not. */
                value: number | null;
            }[];
            event_id: string;
            /** @description Who did it: of a lead, itself or a colleague whose events count for it. */
            lead_id: string;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            occurred_at: string;
            /** @description Raw points that would be missing had it not happened; below 0: there would be more. They need not add up to those of a reason: a second visit may be worth less than the first. */
            points: number;
            type: string;
        };
        /**
         * @example {
         *       "as_of": "2026-11-21T12:00:00Z",
         *       "applies": true,
         *       "model": "conversion",
         *       "version": "3",
         *       "raw_points": 80.9,
         *       "events": [
         *         {
         *           "event_id": "e_1",
         *           "lead_id": "l_123",
         *           "type": "pricing_page_viewed",
         *           "occurred_at": "2026-11-14T12:00:00Z",
         *           "points": 3.1,
         *           "adds": [
         *             {
         *               "feature": "pricing_page_viewed.decayed",
         *               "group": "pricing page",
         *               "value": 0.7
         *             }
         *           ]
         *         }
         *       ],
         *       "not_listed": 0
         *     }
         */
        EventWorths: {
            /** @constant */
            applies: true;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            /** @description In order of time. */
            events: components["schemas"]["EventWorth"][];
            model: string;
            /** @description Older events. */
            not_listed: number;
            raw_points: number;
            version: string;
        } | {
            /** @constant */
            applies: false;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            model: string;
            why: string;
        };
        Explanation: {
            /** @description Calibrated log-odds of the average training row; null for a rubric. */
            base: number | null;
            base_points: number;
            /** @description Only what is not affine, clamping included. */
            calibration: number | null;
            /** @description Largest effect first. */
            contributions: {
                feature: string;
                group: string;
                /** @description Against the average training row; null for a rubric. */
                log_odds: number | null;
                /** @description log_odds x 10 / ln 2; of a rubric, its own. */
                points: number;
                /** @enum {string} */
                side: "fit" | "behaviour";
                text: string;
                /** @description null: missing. */
                value: number | string | null;
            }[];
            /** @description logit(probability) = base + the sum of log_odds + calibration. */
            log_odds: number | null;
            /** @description The same contributions, one reason a group, in words. */
            reasons: {
                against: {
                    group: string;
                    log_odds: number | null;
                    points: number;
                    /** @enum {string} */
                    side: "fit" | "behaviour";
                    text: string;
                }[];
                for: {
                    group: string;
                    log_odds: number | null;
                    points: number;
                    /** @enum {string} */
                    side: "fit" | "behaviour";
                    text: string;
                }[];
            };
        };
        Fall: {
            /** @description To the second; null: not before `until`. */
            at: string | null;
            band: string;
            text: string;
            /** @description The band it falls to. */
            to: string | null;
            /**
             * Format: date-time
             * @description How far was looked ahead.
             * @example 2026-11-21T00:00:00Z
             */
            until: string;
        };
        Feedback: {
            by: string;
            comment: string | null;
            correction: {
                /** @enum {string} */
                of: "lead" | "account";
                trait: string;
                value: string | number | boolean | string[] | null;
            } | null;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            given_at: string;
            id: string | null;
            /** @enum {string} */
            kind: "contacted" | "accepted" | "rejected" | "corrected";
            /** @description As it was named then: it may have been merged since. */
            lead_id: string;
            number: number;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            occurred_at: string;
            reason: string | null;
            /** @description The score that the person saw, of the model that decides; null: the lead had none. */
            seen: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                as_of: string;
                band: string;
                /** @description The band after the verdict. */
                decision_band: string;
                guardrails_version: string;
                model: string;
                policy_version: string;
                probability: number | null;
                raw_points: number;
                score: number;
                segment: string | null;
                verdict: string;
                version: string;
            } | null;
        };
        FeedbackList: {
            /** @description Newest first. */
            feedback: components["schemas"]["Feedback"][];
            lead_id: string;
            /** @description null: there is no more feedback. */
            next_before: number | null;
            /** @description Verdicts by hand, also those of the past, newest first: the latest 200. */
            overrides: {
                /** @description Taken back, or another one took its place. */
                ended_at: string | null;
                ended_by: string | null;
                expires_at: string | null;
                lead_id: string;
                reason: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                set_at: string;
                set_by: string;
                /** @enum {string} */
                status: "eligible" | "review" | "disqualified";
            }[];
        };
        FeedbackReport: {
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            corrections: {
                count: number;
                /** @enum {string} */
                of: "lead" | "account";
                trait: string;
            }[];
            /** @constant */
            format: "wonlost.feedback_report";
            /** @constant */
            format_version: 1;
            /** @description The lowest band that is handed to sales. */
            hand_off: string | null;
            horizon_days: number;
            /** @description Told within the window. The highest band first. */
            judgements: {
                /** @description As it was seen, after the verdict; null: without a score. */
                band: string | null;
                reasons: {
                    count: number;
                    reason: string;
                }[];
                /** @description Of those that were accepted or rejected; the last word counts. */
                rejected: components["schemas"]["Share"];
            }[];
            model: string;
            notes: string[];
            policy_version: string;
            /** @description The highest band first. */
            responses: {
                band: string;
                /** @description Leads that came into the band from below within the window. */
                entered: number;
                /** @description Of the others. */
                in_time: components["schemas"]["Share"];
                /** @description To the first response, however late; null where half had none. */
                median_hours: number | null;
                /** @description Not responded to, and not due yet. */
                pending: number;
                respond_within: string;
                /** @description Left downwards, or were rejected, before it was due. */
                withdrawn: number;
            }[];
            /** @description Deals opened within so many days before and after; null: too early. */
            sales_cycle: {
                after: {
                    /** @description 95 %; null of fewer than 6. */
                    interval_days: [
                        number,
                        number
                    ] | null;
                    /** @description From opening to winning. */
                    median_days: number | null;
                    /** @description The first deal of each account, won within the horizon, of those that were opened. */
                    won: components["schemas"]["Share"];
                };
                before: {
                    /** @description 95 %; null of fewer than 6. */
                    interval_days: [
                        number,
                        number
                    ] | null;
                    /** @description From opening to winning. */
                    median_days: number | null;
                    /** @description The first deal of each account, won within the horizon, of those that were opened. */
                    won: components["schemas"]["Share"];
                };
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                began: string;
                days: number;
            } | null;
            stages: {
                figures: {
                    above: components["schemas"]["Share"];
                    /** @description The base rate. */
                    all: components["schemas"]["Share"];
                    below: components["schemas"]["Share"];
                    /** @description above / all. */
                    lift: number | null;
                    outside: components["schemas"]["Share"];
                    /** @enum {string} */
                    stage: "marketing_qualified" | "accepted" | "sales_qualified" | "opportunity" | "customer";
                }[];
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                from: string;
                leads: {
                    above: number;
                    below: number;
                    outside: number;
                };
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                until: string;
            };
            window_days: number;
        };
        /**
         * @example {
         *       "deal_id": "d_8",
         *       "account_id": "a_7",
         *       "opened_at": "2026-10-01T08:00:00Z",
         *       "closed_at": "2026-11-20T15:00:00Z",
         *       "outcome": "won",
         *       "amount": 18000,
         *       "currency": "EUR",
         *       "contacts": [
         *         "l_123"
         *       ],
         *       "stages": [
         *         {
         *           "stage": "proposal",
         *           "entered_at": "2026-10-20T08:00:00Z"
         *         }
         *       ]
         *     }
         */
        GivenDealInput: {
            /** @description Its organisation; created bare if it is unknown. */
            account_id?: string | null;
            /** @description At least 0. */
            amount?: number | null;
            /** @description When it was won or lost; left out while it is open. */
            closed_at?: string | null;
            /** @description Ids of leads, the primary contact first: these and no others. Left out or empty, nothing is said of contacts. */
            contacts?: string[];
            /** @description Three letters: EUR. */
            currency?: string | null;
            deal_id: string;
            /**
             * Format: date-time
             * @description When the outcome was learned of. Default: now.
             * @example 2026-11-21T00:00:00Z
             */
            known_at?: string;
            lost_reason?: string | null;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            opened_at: string;
            /** @enum {string} */
            outcome: "won" | "lost" | "open";
            /** @description Default: new_business. */
            pipeline?: string | null;
            /** @description Added to those that are known. */
            stages?: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                entered_at: string;
                stage: string;
            }[];
        };
        /**
         * @example {
         *       "id": "crm-task-4711",
         *       "kind": "rejected",
         *       "reason": "no_budget",
         *       "comment": "Asked for next year."
         *     }
         */
        GivenFeedbackInput: {
            /** @description Who says it, kept as `api:NAME`; nobody checks it. Default: the name of the key, kept as `key:NAME`. In a session nobody but who is signed in. */
            by?: string;
            comment?: string;
            /** @description Yours. The same said again under it is the same feedback. Without it, each request is feedback of its own. */
            id?: string;
            /** @constant */
            kind: "contacted";
            /**
             * Format: date-time
             * @description When it happened. Default: now.
             * @example 2026-11-21T00:00:00Z
             */
            occurred_at?: string;
            /**
             * Format: date-time
             * @description `as_of` of the score that the person looked at. Default: the stored one of now.
             * @example 2026-11-21T00:00:00Z
             */
            seen_as_of?: string;
        } | {
            /** @description Who says it, kept as `api:NAME`; nobody checks it. Default: the name of the key, kept as `key:NAME`. In a session nobody but who is signed in. */
            by?: string;
            comment?: string;
            /** @description Yours. The same said again under it is the same feedback. Without it, each request is feedback of its own. */
            id?: string;
            /** @constant */
            kind: "accepted";
            /**
             * Format: date-time
             * @description When it happened. Default: now.
             * @example 2026-11-21T00:00:00Z
             */
            occurred_at?: string;
            /**
             * Format: date-time
             * @description `as_of` of the score that the person looked at. Default: the stored one of now.
             * @example 2026-11-21T00:00:00Z
             */
            seen_as_of?: string;
        } | {
            /** @description Who says it, kept as `api:NAME`; nobody checks it. Default: the name of the key, kept as `key:NAME`. In a session nobody but who is signed in. */
            by?: string;
            comment?: string;
            /** @description Yours. The same said again under it is the same feedback. Without it, each request is feedback of its own. */
            id?: string;
            /** @constant */
            kind: "rejected";
            /**
             * Format: date-time
             * @description When it happened. Default: now.
             * @example 2026-11-21T00:00:00Z
             */
            occurred_at?: string;
            /** @description A name under `feedback.rejection_reasons` of the policy. */
            reason: string;
            /**
             * Format: date-time
             * @description `as_of` of the score that the person looked at. Default: the stored one of now.
             * @example 2026-11-21T00:00:00Z
             */
            seen_as_of?: string;
        } | {
            /** @description Who says it, kept as `api:NAME`; nobody checks it. Default: the name of the key, kept as `key:NAME`. In a session nobody but who is signed in. */
            by?: string;
            comment?: string;
            /** @description Yours. The same said again under it is the same feedback. Without it, each request is feedback of its own. */
            id?: string;
            /** @constant */
            kind: "corrected";
            /**
             * @description Whose trait. Default: of the lead.
             * @enum {string}
             */
            of?: "lead" | "account";
            /**
             * Format: date-time
             * @description `as_of` of the score that the person looked at. Default: the stored one of now.
             * @example 2026-11-21T00:00:00Z
             */
            seen_as_of?: string;
            trait: string;
            value: string | number | boolean | string[] | null;
        };
        /**
         * @example {
         *       "reason": "By mail of 3 November."
         *     }
         */
        GivenObjectionInput: {
            /** @description Who writes it down. Default: the key. In a session nobody but who is signed in. */
            by?: string;
            /** @description How and when the person said so. */
            reason: string;
        };
        /**
         * @example {
         *       "status": "eligible",
         *       "reason": "The student is the son of the founder.",
         *       "expires_at": "2026-12-31T00:00:00Z"
         *     }
         */
        GivenOverrideInput: {
            /** @description Who says it, kept as `api:NAME`; nobody checks it. Default: the name of the key, kept as `key:NAME`. In a session nobody but who is signed in. */
            by?: string;
            /**
             * Format: date-time
             * @description From then on the rules hold again: within 366 days.
             * @example 2026-11-21T00:00:00Z
             */
            expires_at: string;
            /** @description For whoever wonders. */
            reason: string;
            /** @enum {string} */
            status: "eligible" | "review" | "disqualified";
        };
        /**
         * @example {
         *       "url": "https://crm.example.com/wonlost",
         *       "events": [
         *         "lead.band_changed"
         *       ],
         *       "bands": [
         *         "hot"
         *       ]
         *     }
         */
        GivenWebhookInput: {
            /** @description Only what leads into one of these bands of the policy, or into disqualified, review or unscored. Default: any. */
            bands?: string[];
            /** @description For people. */
            description?: string;
            /** @description Default: those of leads. A change is told once, as the first of these that it is in the order of this list of all. */
            events?: ("lead.band_changed" | "lead.verdict_changed" | "lead.response_overdue" | "account.band_changed" | "account.verdict_changed")[];
            /**
             * @description `slack`: a text, for incoming webhooks of Slack. Default: standard.
             * @enum {string}
             */
            format?: "standard" | "slack";
            /** @description https://, at a public address. No user name or password in it. */
            url: string;
        };
        /**
         * @example {
         *       "counted_at": "2026-11-21T12:00:00Z",
         *       "policy_version": "4",
         *       "grid": {
         *         "fit": {
         *           "model": "fit",
         *           "A": 65,
         *           "B": 52,
         *           "C": 40
         *         },
         *         "intent": {
         *           "1": 70,
         *           "2": 55,
         *           "3": 40,
         *           "model": "intent"
         *         },
         *         "grades": [
         *           {
         *             "grade": "A1",
         *             "action": "call today",
         *             "quadrant": "ready to buy"
         *           }
         *         ]
         *       },
         *       "size": 5,
         *       "share": 1,
         *       "leads": 143,
         *       "bins": [
         *         {
         *           "fit": 65,
         *           "intent": 70,
         *           "leads": 143
         *         }
         *       ]
         *     }
         */
        Grid: {
            /** @description Those with anybody in them: from `fit` on, `size` points wide; of those wider than one, the last holds 100 as well. */
            bins: {
                fit: number;
                intent: number;
                leads: number;
            }[];
            /**
             * Format: date-time
             * @description Counts are up to half a minute old.
             * @example 2026-11-21T00:00:00Z
             */
            counted_at: string;
            /** @description null: the policy has no grades, and nothing is counted. */
            grid: {
                fit: {
                    A: number;
                    B: number;
                    C: number;
                    model: string;
                };
                /** @description Every pair, with what the policy says of it; null: nothing. */
                grades: {
                    action: string | null;
                    grade: string;
                    quadrant: string | null;
                }[];
                intent: {
                    1: number;
                    2: number;
                    3: number;
                    model: string;
                };
            } | null;
            /** @description With a score of both models. */
            leads: number;
            policy_version: string;
            /** @description Of the stored scores that were looked at. Below 1 the counts are estimates. */
            share: number;
            size: number;
        };
        GuardrailsBacktest: {
            /** @description Of the policy (`expected_value`), whose rates bring amounts into it; null: it names none. */
            currency: string | null;
            /** @description All rules that disqualify, together. */
            disqualified: {
                /** @description The others, at their first landmark. */
                rest: components["schemas"]["GuardrailsConversion"];
                /** @description At the first landmark at which it held. */
                stopped: components["schemas"]["GuardrailsConversion"];
                won_deals: {
                    examples: string[];
                    /** @description With a contact that was known when the deal was opened. */
                    judged: number;
                    /** @description It held for every contact that was known then. */
                    lost: number;
                    /** @description By no other rule that disqualifies. */
                    lost_by_this_alone: number;
                    /** @description In `currency`. */
                    revenue_lost: number;
                    /** @description Amounts in currencies for which the policy has no rate, by currency: added to nothing. */
                    revenue_lost_unconverted: {
                        [key: string]: number;
                    };
                    /** @description It held for some of the contacts. */
                    touched: number;
                };
            };
            horizon_days: number;
            landmark_days: number[];
            /** @description Known before `until`. */
            leads: number;
            notes: string[];
            pipeline: string;
            /** @description In `currency`. */
            revenue: number;
            /** @description Amounts in currencies for which the policy has no rate, by currency: added to nothing. */
            revenue_unconverted: {
                [key: string]: number;
            };
            rules: {
                action: string;
                fired: {
                    moments: number;
                    of: number;
                };
                id: string;
                reason: string;
                /** @description The others, at their first landmark. */
                rest: components["schemas"]["GuardrailsConversion"];
                /** @description At the first landmark at which it held. */
                stopped: components["schemas"]["GuardrailsConversion"];
                won_deals: {
                    examples: string[];
                    /** @description With a contact that was known when the deal was opened. */
                    judged: number;
                    /** @description It held for every contact that was known then. */
                    lost: number;
                    /** @description By no other rule that disqualifies. */
                    lost_by_this_alone: number;
                    /** @description In `currency`. */
                    revenue_lost: number;
                    /** @description Amounts in currencies for which the policy has no rate, by currency: added to nothing. */
                    revenue_lost_unconverted: {
                        [key: string]: number;
                    };
                    /** @description It held for some of the contacts. */
                    touched: number;
                };
            }[];
            /** @description Not all leads. */
            sampled: boolean;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            until: string;
            won_deals: number;
        };
        GuardrailsBacktestAnswer: {
            /** @description null where no changed guardrails were given. */
            changed: components["schemas"]["GuardrailsBacktest"] | null;
            /** @description Leads that are told something else as of `until`, of those known before it. */
            changed_leads: {
                count: number;
                examples: {
                    after: {
                        cap: string | null;
                        excluded_channels: string[];
                        raise: string | null;
                        rules: string[];
                        /** @enum {string} */
                        status: "eligible" | "review" | "disqualified";
                    };
                    before: {
                        cap: string | null;
                        excluded_channels: string[];
                        raise: string | null;
                        rules: string[];
                        /** @enum {string} */
                        status: "eligible" | "review" | "disqualified";
                    };
                    lead_id: string;
                }[];
            } | null;
            /** @description Of those in force. */
            guardrails_version: string;
            in_force: components["schemas"]["GuardrailsBacktest"];
        };
        /**
         * @example {
         *       "guardrails": "rules:\n  - id: free-mail\n    owner: sales\n    reason: Free mail.\n    when: { derived: mail_domain_kind, equals: free }\n    then: disqualify\n",
         *       "leads": 5000
         *     }
         */
        GuardrailsBacktestRequestInput: {
            /** @description Leads to name at most, of those that are told something else. Default: 100. */
            examples?: number;
            /** @description Changed guardrails, whole, as YAML: compared with those in force. Default: only those in force. */
            guardrails?: string;
            /** @description About so many leads, spread evenly over all. Default: 20000. */
            leads?: number;
            /**
             * Format: date-time
             * @description History up to this time, which is past. Default: where the data ends.
             * @example 2026-11-21T00:00:00Z
             */
            until?: string;
        };
        GuardrailsCheck: {
            /** @description Rules that can never hold, always do, or say the same twice. */
            findings: {
                /** @enum {string} */
                kind: "expired" | "far_off" | "unknown_model" | "impossible_value" | "never" | "never_unless_list" | "always" | "duplicate" | "redundant" | "contradiction";
                line: number;
                other: string | null;
                rule: string;
                text: string;
            }[];
            rules: number;
            tests: {
                failed: {
                    /** @description What was expected, and what came. */
                    differences: string[];
                    /** @description In the file. */
                    line: number;
                    name: string;
                }[];
                passed: number;
            };
        };
        /** @example {} */
        GuardrailsCheckRequestInput: {
            /** @description Changed guardrails, whole, as YAML. Default: those in force. */
            guardrails?: string;
        };
        GuardrailsConversion: {
            /** @description 95 %, by account. */
            interval: [
                number,
                number
            ] | null;
            leads: number;
            rate: number | null;
            /** @description Within the horizon. */
            won: number;
        };
        /**
         * @example {
         *       "as_of": "2026-11-21T12:00:30Z",
         *       "last_received_at": "2026-11-21T12:00:29Z",
         *       "last_hour": {
         *         "received": 5231,
         *         "rejected": 2
         *       },
         *       "minutes": [
         *         {
         *           "from": "2026-11-21T12:00:00Z",
         *           "received": 44,
         *           "rejected": 0
         *         }
         *       ]
         *     }
         */
        IngestRate: {
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            last_hour: {
                received: number;
                rejected: number;
            };
            /** @description However long ago; null: nothing ever. */
            last_received_at: string | null;
            /** @description Sixty, the oldest first; the last is not over yet. */
            minutes: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                from: string;
                /** @description Messages: events, traits, names; repeated ones as well. */
                received: number;
                /** @description Of them, those that could not be used. */
                rejected: number;
            }[];
        };
        KeptFeedback: {
            feedback: components["schemas"]["Feedback"];
            /** @description What should be known of a correction. */
            notes: string[];
            /** @description It was there already, under its id: nothing was done. */
            repeated: boolean;
        };
        LeadExplanation: {
            /** @description The model that next_steps, falls and changed are about. */
            about: string;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            /** @description With `since` only. */
            changed?: components["schemas"]["Change"];
            decision: components["schemas"]["Decision"];
            /** @description When the score falls below its band if nothing new happens; null: the model does not apply. */
            falls: components["schemas"]["Fall"] | null;
            guardrails_version: string;
            lead_id: string;
            /** @description What the policy calls actionable, as if it had happened just now; most points first. */
            next_steps: components["schemas"]["NextStep"][];
            policy_version: string;
            scores: {
                [key: string]: components["schemas"]["ModelScore"];
            };
            verdict: {
                /** @description By the rules at most this band; an override lifts it. */
                cap: string | null;
                /** @description By which the lead must not be reached, whatever its band, and whoever overrides. */
                excluded_channels: string[];
                /** @description The verdict of a person, in force. */
                override: {
                    expires_at: string | null;
                    reason: string;
                    /**
                     * Format: date-time
                     * @example 2026-11-21T00:00:00Z
                     */
                    set_at: string;
                    set_by: string;
                    /** @enum {string} */
                    status: "eligible" | "review" | "disqualified";
                    /** @description What rules and scores say alone, and what holds again once the override has ended. */
                    without_it: {
                        decision: components["schemas"]["Decision"];
                        /** @enum {string} */
                        status: "eligible" | "review" | "disqualified";
                    };
                } | null;
                /** @description By the rules at least this band; an override lifts it. */
                raise: string | null;
                rules: {
                    action: string;
                    condition: string;
                    id: string;
                    reason: string;
                }[];
                /** @enum {string} */
                status: "eligible" | "review" | "disqualified";
            };
        };
        LeadExport: {
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            exported_at: string;
            /** @description The id that the person goes by now. */
            lead_id: string;
            names: {
                anonymous_ids: string[];
                crm_ids: string[];
                emails: string[];
                lead_ids: string[];
                user_ids: string[];
            };
            /** @description Every row about the person, by table, as kept; empty columns are left out. */
            tables: {
                [key: string]: {
                    [key: string]: unknown;
                }[];
            };
        };
        LeadFacts: {
            account: {
                account_id: string;
                /** @description When it first won a deal, in whatever pipeline, as was known before `as_of`; null: it is no customer. */
                customer_since: string | null;
                traits: {
                    [key: string]: {
                        /**
                         * Format: date-time
                         * @example 2026-11-21T00:00:00Z
                         */
                        known_at: string;
                        /**
                         * Format: date-time
                         * @example 2026-11-21T00:00:00Z
                         */
                        occurred_at: string;
                        source: string;
                        undated: boolean;
                        value: string | number | boolean | string[];
                    };
                };
            } | null;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            /** @description What they did, in order of time; the latest 1000 where there is more. */
            colleague_events: {
                event_id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                known_at: string;
                lead_id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                occurred_at: string;
                type: string;
            }[];
            /** @description The other leads of the account that were known by then. */
            colleagues: {
                event_count: number;
                last_event_at: string | null;
                lead_id: string;
                /** @description First and last name. */
                name: string | null;
                title: string | null;
            }[];
            /** @description Of its account, and those of others that it is a contact of; as they were known by then. */
            deals: {
                /** @description As recorded last: earlier amounts are not kept. null: none is recorded, or the deal has ended since, and what it was to be worth then is not known. */
                amount: number | null;
                closed_at: string | null;
                /** @description Of the amount. */
                currency: string | null;
                deal_id: string;
                /** @description Whether the lead is a contact of the deal, or only of its account. */
                is_contact: boolean;
                lost_reason: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                opened_at: string;
                /**
                 * @description open: no end was known by then.
                 * @enum {string}
                 */
                outcome: "won" | "lost" | "open";
                pipeline: string;
            }[];
            /** @description Events before `as_of`. */
            event_count: number;
            /** @description In order of time; the latest 1000 where there are more. */
            events: {
                event_id: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                known_at: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                occurred_at: string;
                properties: {
                    [key: string]: unknown;
                };
                source: string;
                type: string;
            }[];
            lead: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                created_at: string;
                lead_id: string;
                traits: {
                    [key: string]: {
                        /**
                         * Format: date-time
                         * @example 2026-11-21T00:00:00Z
                         */
                        known_at: string;
                        /**
                         * Format: date-time
                         * @example 2026-11-21T00:00:00Z
                         */
                        occurred_at: string;
                        source: string;
                        undated: boolean;
                        value: string | number | boolean | string[];
                    };
                };
            };
            /** @description The person does not want to be scored, and is not; null: it said nothing of the kind. */
            objection: components["schemas"]["Objection"] | null;
            /** @description As of now, whatever `as_of`. null: no response is promised, or it was given. */
            respond_by: string | null;
        };
        LeadList: {
            leads: {
                account_id: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                created_at: string;
                details?: {
                    /** @description raw_points now, less what they were 7 days ago; null: it was not scored then. */
                    change_7d: number | null;
                    /** @description The name of the account, or its domain. */
                    company: string | null;
                    email: string | null;
                    name: string | null;
                    /** @description What the history keeps of the last 7 days, the oldest first; before it, what held then. */
                    points_7d: {
                        /**
                         * Format: date-time
                         * @example 2026-11-21T00:00:00Z
                         */
                        at: string;
                        raw_points: number;
                    }[];
                    /** @description null: no response is promised, or it was given. */
                    respond_by: string | null;
                    title: string | null;
                };
                /** @description By the model of the grid, when it was scored; null: it had no such score, or the policy no grades. */
                fit: number | null;
                /** @description As `fit`. */
                intent: number | null;
                lead_id: string;
                /** @description null: not scored, or the model does not apply any more. */
                reasons?: {
                    against: {
                        group: string;
                        log_odds: number | null;
                        points: number;
                        /** @enum {string} */
                        side: "fit" | "behaviour";
                        text: string;
                    } | null;
                    for: {
                        group: string;
                        log_odds: number | null;
                        points: number;
                        /** @enum {string} */
                        side: "fit" | "behaviour";
                        text: string;
                    } | null;
                } | null;
                /** @description The stored score of the model that decides; null: not scored yet. */
                score: {
                    /**
                     * Format: date-time
                     * @example 2026-11-21T00:00:00Z
                     */
                    as_of: string;
                    band: string;
                    decision: components["schemas"]["Decision"];
                    model: string;
                    probability: number | null;
                    raw_points: number;
                    score: number;
                    verdict: string;
                    version: string;
                } | null;
            }[];
            /** @description null: this was the last page. */
            next_cursor: string | null;
        };
        Model: {
            name: string;
            /** @description What this server answers with just now; empty: nothing yet. */
            serving: {
                basis: string;
                segment: string | null;
                sha256: string;
                version: string;
            }[];
            /** @description Newest first. */
            versions: components["schemas"]["ModelVersion"][];
        };
        /**
         * @example {
         *       "name": "conversion",
         *       "segment": null,
         *       "changes": [
         *         {
         *           "alias": "champion",
         *           "version": "3",
         *           "revision": 2,
         *           "changed_at": "2026-11-21T12:00:00Z",
         *           "changed_by": "key:wl_0a1b2c3d",
         *           "reason": "Better by 0.02 AUC on the last quarter."
         *         }
         *       ]
         *     }
         */
        ModelHistory: {
            /** @description Newest first. */
            changes: {
                /** @enum {string} */
                alias: "champion" | "challenger";
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                changed_at: string;
                changed_by: string;
                reason: string;
                revision: number;
                /** @description null: from then on there was none. */
                version: string | null;
            }[];
            name: string;
            segment: string | null;
        };
        ModelList: {
            models: components["schemas"]["Model"][];
        };
        ModelScore: {
            /** @constant */
            applies: true;
            band: string;
            /** @enum {string} */
            basis: "rubric" | "logistic" | "boosting" | "imported";
            explanation?: components["schemas"]["Explanation"];
            /** @description Leads that look like this have converted at between these two; null where it is not known. */
            interval: [
                number,
                number
            ] | null;
            model: {
                /** @description Why this model of its name: which segment applies, or that none does. */
                because: string;
                name: string;
                segment: string | null;
                sha256: string;
                version: string;
            };
            /** @description null for a rubric without outcomes. */
            probability: number | null;
            /** @description 50 is the average; 10 more doubles the odds. */
            raw_points: number;
            /** @description raw_points, rounded and clamped. */
            score: number;
        } | {
            /** @constant */
            applies: false;
            why: string;
        };
        ModelVersion: {
            alias: ("champion" | "challenger") | null;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            created_at: string;
            created_by: string;
            /**
             * Format: date-time
             * @description What training could know.
             * @example 2026-11-21T00:00:00Z
             */
            cutoff: string;
            definition_version: string;
            kind: string;
            /** @description Of the champion: give it back as `expected_revision`. */
            revision: number | null;
            segment: string | null;
            sha256: string;
            version: string;
        };
        MonitorRun: {
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            created_at: string;
            /** @description As `wonlost monitor --json` prints it. */
            report: {
                [key: string]: unknown;
            };
            run_id: number;
            segment: string | null;
            /**
             * @description crossed: what, and whether to retrain, is in the report.
             * @enum {string}
             */
            verdict: "steady" | "crossed" | "too_little";
            version: string;
            window_days: number;
        };
        MonitorRuns: {
            /** @description null: there are no more. */
            next_before: number | null;
            /** @description Newest first. */
            runs: components["schemas"]["MonitorRun"][];
        };
        NextStep: {
            account_trait?: string;
            band: string;
            /** @description One of event, trait and account_trait: what would happen. */
            event?: string;
            label: string;
            /** @description More raw points than now; fewer where below 0. */
            points: number;
            probability: number | null;
            raw_points: number;
            /** @description What the rules would say, whoever overrides them. */
            ruled: components["schemas"]["RulesSay"];
            score: number;
            /** @description What such leads have done; nothing about what causes what. */
            text: string;
            trait?: string;
            value?: string | number | boolean | string[];
            /** @enum {string} */
            verdict: "eligible" | "review" | "disqualified";
        };
        Objection: {
            /** @description Who wrote it down. */
            by: string;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            objected_at: string;
            reason: string;
        };
        ObjectionCleared: {
            lead_id: string;
            objection: null;
        };
        /**
         * @example {
         *       "as_of": "2026-11-21T12:00:00.120Z",
         *       "rescoring": {
         *         "backlog": 2,
         *         "oldest_at": "2026-11-21T12:00:00Z",
         *         "oldest_seconds": 0.12,
         *         "set_aside": 0
         *       },
         *       "last_scoring": {
         *         "cause": "sweep",
         *         "as_of": "2026-11-21T02:30:00Z",
         *         "ended_at": "2026-11-21T02:30:41Z",
         *         "outdated": []
         *       }
         *     }
         */
        OperationHealth: {
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            /** @description The scoring of all leads that ended last; null: none did. */
            last_scoring: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                as_of: string;
                /** @description `sweep`, or `score` by the command line. */
                cause: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                ended_at: string;
                /** @description What is another one since; empty: nothing. Where `serve` sweeps, a sweep follows. */
                outdated: string[];
            } | null;
            rescoring: {
                /** @description Leads about whom something was learned that their scores do not say yet. */
                backlog: number;
                /** @description When that was learned of the first of them; null: nobody waits. */
                oldest_at: string | null;
                oldest_seconds: number | null;
                /** @description Leads that could not be scored. They are tried again, after longer and longer pauses. */
                set_aside: number;
            };
        };
        PersonInput: {
            /**
             * Format: date-time
             * @description First touch. Default: the first event, or just before `as_of` where there is none.
             * @example 2026-11-21T00:00:00Z
             */
            created_at?: string;
            events?: components["schemas"]["EventInput"][];
            lead_id: string;
            traits?: {
                [key: string]: components["schemas"]["TraitInput"];
            };
        };
        PolicySimulation: {
            changed: {
                action: number;
                band: number;
                expected_value: number;
                grade: number;
                grade_action: number;
                /** @description Leads of whom anything changes. */
                leads: number;
                nurture: number;
                quadrant: number;
                respond_within: number;
                route: number;
            };
            /** @description Leads by value, under the policy in force and under the changed one. */
            counts: {
                action: {
                    changed: number;
                    in_force: number;
                    value: string | null;
                }[];
                band: {
                    changed: number;
                    in_force: number;
                    value: string | null;
                }[];
                route: {
                    changed: number;
                    in_force: number;
                    value: string | null;
                }[];
            };
            /** @description Leads whose stored decision another version made. */
            decided_by_others: number;
            examples: {
                changed: {
                    action: string | null;
                    band: string | null;
                    route: string | null;
                };
                in_force: {
                    action: string | null;
                    band: string | null;
                    route: string | null;
                };
                lead_id: string;
            }[];
            /** @description Leads that were compared. */
            leads: number;
            /** @description The largest first. */
            moves: {
                action: {
                    from: string | null;
                    leads: number;
                    to: string | null;
                }[];
                band: {
                    from: string | null;
                    leads: number;
                    to: string | null;
                }[];
                route: {
                    from: string | null;
                    leads: number;
                    to: string | null;
                }[];
            };
            /** @description Leads scored before what policies look at was kept. Score them anew. */
            not_comparable: number;
            /** @description Of the policy in force, with which the changed one is compared. */
            policy_version: string;
        };
        /**
         * @example {
         *       "policy": "decided_by: conversion\nbands:\n  - { name: cold, from: 0, to: 60, action: nurture, respond_within: null }\n  - { name: hot, from: 61, to: 100, action: call, respond_within: PT1H }\nverdicts:\n  disqualified: { action: do not contact, respond_within: null }\n  review: { action: complete the data, respond_within: P2D }\n  unscored: { action: none, respond_within: null }\nroutes:\n  - { name: hot, when: { band: hot }, queue: sales }\n  - { name: rest, queue: marketing }\n",
         *       "examples": 5
         *     }
         */
        PolicySimulationRequestInput: {
            /** @description Leads to name at most, of those whose band, action or route changes. Default: 10. */
            examples?: number;
            /** @description The changed policy, whole, as YAML. */
            policy: string;
        };
        Problem: {
            /** @description Only of /readyz: what is not ready. */
            checks?: {
                [key: string]: unknown;
            };
            /**
             * @description Listed in docs/errors.md.
             * @enum {string}
             */
            code: "usage" | "invalid_request" | "body_too_large" | "message_too_large" | "unsupported_media_type" | "host_not_allowed" | "key_required" | "scope_missing" | "cross_site" | "sign_in_refused" | "role_missing" | "rate_limited" | "key_not_found" | "not_found" | "method_not_allowed" | "lead_not_found" | "subject_too_large" | "account_not_found" | "merge_not_found" | "merge_refused" | "override_not_found" | "objection_not_found" | "lead_objected" | "feedback_conflict" | "model_not_found" | "report_not_found" | "definition_invalid" | "policy_invalid" | "guardrails_invalid" | "artifact_invalid" | "model_file_invalid" | "model_unsupported" | "half_life_not_learned" | "fingerprint_mismatch" | "promotion_conflict" | "promotion_refused" | "scoring_in_progress" | "backtest_in_progress" | "comparison_in_progress" | "webhook_not_found" | "webhook_disabled" | "configuration_not_found" | "rubric_invalid" | "tracking_invalid" | "map_invalid" | "too_little_data" | "file_not_readable" | "file_not_writable" | "folder_not_empty" | "table_invalid" | "sql_invalid" | "database_unavailable" | "database_refused" | "database_not_migrated" | "database_not_empty" | "truth_unavailable" | "embedded_unsupported" | "embedded_failed" | "configuration_invalid" | "engine_not_loaded" | "address_unavailable" | "overloaded" | "shutting_down" | "identity_provider_unavailable" | "server_unavailable" | "server_refused" | "interrupted" | "numeric_failure" | "faults_failed" | "bench_failed" | "internal";
            /** @description What was wrong, what is allowed, what was given. */
            detail: string;
            errors?: {
                /** @description Where in the request: `lead.traits.employees`, `events[3].occurred_at`. */
                field: string;
                message: string;
            }[];
            /** @description The path that was asked. */
            instance: string;
            /** @description Also in the header X-Request-Id and in the log of the server. */
            request_id: string;
            status: number;
            /** @description The same for every problem of this type. */
            title: string;
            /** @description A URN that ends in the code. */
            type: string;
        };
        Promoted: {
            name: string;
            /** @description Give it back as `expected_revision`; null: there is none. */
            revision: number | null;
            segment: string | null;
            /** @description null: there is no champion any more. What is less specific answers: another segment, everyone, the rubric. */
            version: string | null;
        };
        PromotionInput: {
            /** @description The revision of the champion you saw; null: there was none. Where it changed meanwhile, nothing is done (409). */
            expected_revision?: number | null;
            /** @description Also where the gate did not let it pass (409 otherwise); the history says so. */
            force?: boolean;
            /** @description Why, for the history. */
            reason: string;
            /** @description Default: the model for everyone. */
            segment?: string;
            version: number;
        };
        Ready: {
            checks: {
                database: {
                    detail?: string;
                    ok: boolean;
                };
                engine: {
                    loaded_at: string | null;
                    models: string[];
                    ok: boolean;
                    /** @description Why the newest champions or files are not what answers (the ones before still do), or what of them is idle. */
                    problem: {
                        code: string;
                        message: string;
                    } | null;
                };
                schema: {
                    ok: boolean;
                };
            };
            /** @constant */
            status: "ready";
        };
        RejectedMessages: {
            messages: {
                anonymous_id: string | null;
                /** @description JSON as it came; what is too long is cut off. */
                message: string;
                number: number;
                /** @description Follows "the message". */
                reason: string;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                received_at: string;
                source: string;
                user_id: string | null;
            }[];
            next_before: number | null;
        };
        RemovedWebhook: {
            id: string;
        };
        ReplayedWebhook: {
            message_id: string;
            round: number;
        };
        ReplayedWebhooks: {
            /** @description Messages that are on their way again. */
            replayed: number;
        };
        RollbackInput: {
            /** @description The revision of the champion you saw; null: there was none. Where it changed meanwhile, nothing is done (409). */
            expected_revision?: number | null;
            /** @description Why, for the history. */
            reason: string;
            /** @description Default: the model for everyone. */
            segment?: string;
            /** @description One that was champion before. Default: the last one; before the first there was none. */
            version?: number;
        };
        RotatedWebhook: {
            id: string;
            /**
             * Format: date-time
             * @description Until then the secret before signs as well.
             * @example 2026-11-21T00:00:00Z
             */
            previous_until: string;
            /** @description Signs what is sent. Shown this once. */
            secret: string;
        };
        /**
         * @example {
         *       "counted_at": "2026-11-21T12:00:00Z",
         *       "guardrails_version": "9",
         *       "share": 1,
         *       "leads": 4000,
         *       "rules": [
         *         {
         *           "id": "competitor",
         *           "owner": "marketing operations",
         *           "reason": "Works for a competitor.",
         *           "action": "disqualify",
         *           "line": 12,
         *           "in_force": true,
         *           "leads": 37
         *         }
         *       ],
         *       "former": []
         *     }
         */
        RuleHits: {
            /**
             * Format: date-time
             * @description Counts are up to a minute old.
             * @example 2026-11-21T00:00:00Z
             */
            counted_at: string;
            /** @description Rules of other versions that stored verdicts still name. */
            former: {
                id: string;
                leads: number;
            }[];
            guardrails_version: string;
            /** @description That have a verdict. */
            leads: number;
            /** @description In the order in which they are asked. */
            rules: {
                /** @description disqualify, review, cap, raise or exclude. */
                action: string;
                id: string;
                /** @description false: before its first day, or after its last. */
                in_force: boolean;
                /** @description For whom it held when they were scored last. */
                leads: number;
                /** @description In the file. */
                line: number;
                owner: string;
                reason: string;
            }[];
            /** @description Of the stored verdicts that were looked at. Below 1 the counts are estimates. */
            share: number;
        };
        RulesSay: {
            cap: string | null;
            excluded_channels: string[];
            raise: string | null;
            /** @description Ids of those that hold, the strongest first. */
            rules: string[];
            /** @enum {string} */
            status: "eligible" | "review" | "disqualified";
        };
        /**
         * @example {
         *       "jobs": [
         *         {
         *           "name": "sweep",
         *           "cron": "30 2 * * *",
         *           "running": false,
         *           "last": {
         *             "began_at": "2026-11-21T02:30:00Z",
         *             "ended_at": "2026-11-21T02:30:41Z",
         *             "failed": false
         *           }
         *         }
         *       ]
         *     }
         */
        ScheduledJobs: {
            /** @description By name. Empty: no server with jobs has run on this database. */
            jobs: {
                /** @description Minute, hour, day, month, weekday, in UTC. */
                cron: string;
                /** @description The run by schedule that ended last; null: none in about a week. A sweep after a promotion is none: GET /v1/health says when all leads were scored last. */
                last: {
                    /**
                     * Format: date-time
                     * @example 2026-11-21T00:00:00Z
                     */
                    began_at: string;
                    /**
                     * Format: date-time
                     * @example 2026-11-21T00:00:00Z
                     */
                    ended_at: string;
                    failed: boolean;
                } | null;
                /** @description sweep, monitor, retention. */
                name: string;
                running: boolean;
            }[];
        };
        /**
         * @example {
         *       "now": "2026-11-21T12:00:00Z",
         *       "model": "conversion",
         *       "is_thinned": false,
         *       "moments": [
         *         {
         *           "as_of": "2026-11-21T12:00:00Z",
         *           "applies": true,
         *           "probability": 0.31,
         *           "raw_points": 80.9,
         *           "score": 81,
         *           "band": "hot"
         *         },
         *         {
         *           "as_of": "2026-12-21T12:00:00Z",
         *           "applies": true,
         *           "probability": 0.12,
         *           "raw_points": 63.2,
         *           "score": 63,
         *           "band": "warm"
         *         }
         *       ]
         *     }
         */
        ScoreCourse: {
            /** @description Fewer moments than were asked for: there are very many events. */
            is_thinned: boolean;
            model: string;
            moments: ({
                /** @constant */
                applies: true;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                as_of: string;
                /** @description Of the score alone: rules and people are not asked. */
                band: string;
                probability: number | null;
                raw_points: number;
                score: number;
            } | {
                /** @constant */
                applies: false;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                as_of: string;
                why: string;
            })[];
            /**
             * Format: date-time
             * @description Moments after it say what will be if nothing new happens.
             * @example 2026-11-21T00:00:00Z
             */
            now: string;
        };
        ScoredAccount: {
            account_id: string;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            /** @description By the policy, as of leads, without a grade. Where a route asks for what is of a lead (source, consent, country where the company has none), the first contact of the account answers. */
            decision: components["schemas"]["Decision"];
            guardrails_version: string;
            people: {
                /** @description points_without + the points of all listed + points_of_others = raw_points of the model. Shapley values; null where they were not asked for. */
                behaviour: {
                    model: string;
                    /** @description Of the people who are not listed. */
                    points_of_others: number;
                    /** @description The raw points if nobody had done anything. */
                    points_without: number;
                } | null;
                /** @description Known by then. */
                count: number;
                /** @description By their own score, the highest first; of more than 50, those who did something last. */
                listed: {
                    /** @description Of its own decision. */
                    band: string | null;
                    event_count: number;
                    last_event_at: string | null;
                    lead_id: string;
                    /** @description First and last name. */
                    name: string | null;
                    /** @description What its behaviour adds to the raw points of the account; null where that was not asked for. */
                    points: number | null;
                    /** @description Its own, of the model that decides about leads. */
                    score: components["schemas"]["ModelScore"];
                    title: string | null;
                    verdict: ("eligible" | "review" | "disqualified") | null;
                }[];
                /** @description How many more there are. They count in score and verdict as those who are listed do. */
                not_listed: number;
            };
            policy_version: string;
            scores: {
                [key: string]: components["schemas"]["ModelScore"];
            };
            /** @description What all its people share, listed or not: disqualified when nobody of it is left to talk to. */
            verdict: {
                cap: string | null;
                excluded_channels: string[];
                raise: string | null;
                rules: {
                    action: string;
                    condition: string;
                    id: string;
                    reason: string;
                }[];
                /** @enum {string} */
                status: "eligible" | "review" | "disqualified";
            };
        };
        /**
         * @example {
         *       "counted_at": "2026-11-21T12:00:00Z",
         *       "policy_version": "4",
         *       "model": "conversion",
         *       "share": 1,
         *       "new_since": "2026-10-24T12:00:00Z",
         *       "crossings": {
         *         "since": "2026-10-24T12:00:00Z",
         *         "weeks": 4,
         *         "share": 1
         *       },
         *       "lines": [
         *         {
         *           "score": 81,
         *           "leads": 12,
         *           "expected_wins": 3.9,
         *           "new_leads": 4,
         *           "crossings": 2.5,
         *           "probability": 0.31
         *         }
         *       ],
         *       "fixed": [
         *         {
         *           "band": "disqualified",
         *           "leads": 40
         *         }
         *       ]
         *     }
         */
        ScoreDistribution: {
            /**
             * Format: date-time
             * @description Counts are up to a minute old.
             * @example 2026-11-21T00:00:00Z
             */
            counted_at: string;
            /** @description What crossings were counted over; null: scores are not kept for a week yet. */
            crossings: {
                share: number;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                since: string;
                weeks: number;
            } | null;
            /** @description Leads that no edge moves: stopped, capped or raised by a rule, or in a segment with bands of its own. */
            fixed: {
                band: string;
                leads: number;
            }[];
            /** @description One for each score, 0 to 100: a band holds the sum of its lines. */
            lines: {
                /** @description Leads a week that reach this score from below, or with their first one. What another version of the model says of a lead at first is no crossing. */
                crossings: number | null;
                /** @description Sum of their probabilities: targets reached within the horizon. Divided by `leads`, the precision. null: without a probability. */
                expected_wins: number | null;
                /** @description Those who have this score, and stand in its band by it alone. */
                leads: number;
                /** @description Of them, those that came into being since `new_since`. */
                new_leads: number;
                /** @description From which on a lead has this score, by the model for everyone; null: of 0, or not known. */
                probability: number | null;
                score: number;
            }[];
            /** @description The one that decides. */
            model: string;
            /**
             * Format: date-time
             * @description Four weeks ago.
             * @example 2026-11-21T00:00:00Z
             */
            new_since: string;
            policy_version: string;
            /** @description Of the stored scores that were looked at. Below 1 the counts are estimates. */
            share: number;
        };
        ScoredLead: {
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            decision: components["schemas"]["Decision"];
            guardrails_version: string;
            lead_id: string;
            policy_version: string;
            scores: {
                [key: string]: components["schemas"]["ModelScore"];
            };
            verdict: {
                /** @description By the rules at most this band; an override lifts it. */
                cap: string | null;
                /** @description By which the lead must not be reached, whatever its band, and whoever overrides. */
                excluded_channels: string[];
                /** @description The verdict of a person, in force. */
                override: {
                    expires_at: string | null;
                    reason: string;
                    /**
                     * Format: date-time
                     * @example 2026-11-21T00:00:00Z
                     */
                    set_at: string;
                    set_by: string;
                    /** @enum {string} */
                    status: "eligible" | "review" | "disqualified";
                    /** @description What rules and scores say alone, and what holds again once the override has ended. */
                    without_it: {
                        decision: components["schemas"]["Decision"];
                        /** @enum {string} */
                        status: "eligible" | "review" | "disqualified";
                    };
                } | null;
                /** @description By the rules at least this band; an override lifts it. */
                raise: string | null;
                rules: {
                    action: string;
                    condition: string;
                    id: string;
                    reason: string;
                }[];
                /** @enum {string} */
                status: "eligible" | "review" | "disqualified";
            };
        };
        ScoreEvent: {
            account_id?: string;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            cause: string;
            /** @description null: the first score. */
            from: {
                band: string;
                /** @description Band of the decision: after the verdict. */
                decision_band: string;
                score: number;
                verdict: string;
            } | null;
            history_id: number;
            /** @description This, or account_id. */
            lead_id?: string;
            model: string;
            segment: string | null;
            to: {
                band: string;
                /** @description Band of the decision: after the verdict. */
                decision_band: string;
                score: number;
                verdict: string;
            };
            version: string;
        };
        ScoreHistory: {
            /** @description Newest first. Where version, policy_version or guardrails_version is another one than before, that changed. */
            entries: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                as_of: string;
                band: string;
                /** @description Why it was scored: event, trait, deal, override, sweep, score ... */
                cause: string;
                /** @description The band after the verdict. */
                decision_band: string | null;
                guardrails_version: string;
                /** @description As it was named then: it may have been merged since. */
                lead_id: string;
                model: string;
                number: number;
                policy_version: string;
                probability: number | null;
                raw_points: number;
                /** @description Where the entry started an action: the reasons, as answered then; else null. */
                reasons: unknown;
                score: number;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                scored_at: string;
                segment: string | null;
                /** @enum {string} */
                verdict: "eligible" | "review" | "disqualified";
                version: string;
            }[];
            lead_id: string;
            /** @description Ask for the next page with `before` set to it; null: the end. */
            next_before: number | null;
        };
        /**
         * @example {
         *       "lead": {
         *         "lead_id": "l_123",
         *         "created_at": "2026-01-10T08:00:00Z",
         *         "traits": {
         *           "email": "ada@example.com",
         *           "title": "Head of Operations",
         *           "country": "Germany"
         *         }
         *       },
         *       "account": {
         *         "account_id": "a_7",
         *         "customer_since": null,
         *         "traits": {
         *           "industry": "software",
         *           "employees": 240,
         *           "technologies": [
         *             "salesforce"
         *           ]
         *         },
         *         "people": [
         *           {
         *             "lead_id": "l_77",
         *             "created_at": "2025-12-01T10:00:00Z",
         *             "traits": {
         *               "title": "CTO"
         *             },
         *             "events": [
         *               {
         *                 "type": "docs_viewed",
         *                 "occurred_at": "2026-01-11T16:20:00Z"
         *               }
         *             ]
         *           }
         *         ]
         *       },
         *       "events": [
         *         {
         *           "type": "pricing_page_viewed",
         *           "occurred_at": "2026-01-12T09:30:00Z"
         *         },
         *         {
         *           "type": "demo_requested",
         *           "occurred_at": "2026-01-12T09:41:00Z",
         *           "properties": {
         *             "form": "demo"
         *           }
         *         }
         *       ],
         *       "as_of": "2026-01-15T00:00:00Z"
         *     }
         */
        ScoreRequestInput: {
            account?: {
                account_id?: string;
                /** @description When the account first won a deal, in whatever pipeline; null: it is no customer. Left out: not known, and what goes by it is missing. */
                customer_since?: string | null;
                /** @description Everybody else who is known of the account, with what they did; []: nobody. Left out: not known, and what goes by colleagues, or by the first contact of the account, is missing. */
                people?: components["schemas"]["PersonInput"][];
                traits?: {
                    [key: string]: components["schemas"]["TraitInput"];
                };
            };
            /**
             * Format: date-time
             * @description Only what was true and known before this counts. Default: now.
             * @example 2026-11-21T00:00:00Z
             */
            as_of?: string;
            events?: components["schemas"]["EventInput"][];
            /** @description Contributions of every feature. Default: true. */
            explain?: boolean;
            lead: {
                /**
                 * Format: date-time
                 * @description First touch. Default: the first event, or just before `as_of` where there is none.
                 * @example 2026-11-21T00:00:00Z
                 */
                created_at?: string;
                lead_id: string;
                traits?: {
                    [key: string]: components["schemas"]["TraitInput"];
                };
            };
            /** @description Default: all. */
            models?: string[];
        };
        /**
         * @example {
         *       "signed_in": true,
         *       "sign_in": [
         *         "key"
         *       ],
         *       "name": "ann",
         *       "role": "sales",
         *       "scopes": [
         *         "read",
         *         "feedback"
         *       ],
         *       "expires_at": "2026-11-28T08:00:00Z"
         *     }
         */
        Session: {
            /** @description When the session ends by itself. */
            expires_at: string | null;
            /** @description Of the key, or of the person; null: nobody is asked for a key, or nobody is signed in. */
            name: string | null;
            /** @description The first of admin, data, operations, sales whose scopes these are in full; null: none. */
            role: ("admin" | "data" | "operations" | "sales") | null;
            /** @description What may be done now. */
            scopes: ("ingest" | "score" | "read" | "feedback" | "admin")[];
            /** @description Ways to sign in; `oidc`: GET /v1/session/oidc. None where nobody is asked for a key (AUTH=off). */
            sign_in: ("key" | "oidc")[];
            signed_in: boolean;
        };
        Share: {
            count: number;
            /** @description 95 %; leads of one account are taken for what they are. */
            interval: [
                number,
                number
            ] | null;
            of: number;
            /** @description count / of; null of none. */
            share: number | null;
        };
        TrainingReport: {
            [key: string]: unknown;
        };
        TraitInput: (string | number | boolean | string[]) | {
            /**
             * Format: date-time
             * @description When it was learned of. Default: `occurred_at`.
             * @example 2026-11-21T00:00:00Z
             */
            known_at?: string;
            /**
             * Format: date-time
             * @description When it became true. Default: just before `as_of`.
             * @example 2026-11-21T00:00:00Z
             */
            occurred_at?: string;
            source?: string;
            undated?: boolean;
            value: string | number | boolean | string[];
        };
        UnknownNames: {
            names: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                first_seen: string;
                /** @enum {string} */
                kind: "event" | "lead trait" | "account trait";
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                last_seen: string;
                name: string;
                /** @description Why it was left out; null: it was kept under its own name. */
                reason: string | null;
                source: string;
                times: number;
            }[];
        };
        /**
         * @example {
         *       "name": "conversion",
         *       "segment": null,
         *       "before": "2",
         *       "after": "3",
         *       "as_of": "2026-11-21T12:00:00Z",
         *       "sampled": true,
         *       "subject_kind": "lead",
         *       "compared": 2004,
         *       "not_compared": 31,
         *       "changed": 140,
         *       "counts": [
         *         {
         *           "value": "cold",
         *           "before": 1500,
         *           "after": 1430
         *         },
         *         {
         *           "value": "hot",
         *           "before": 504,
         *           "after": 574
         *         }
         *       ],
         *       "moves": [
         *         {
         *           "from": "cold",
         *           "to": "hot",
         *           "leads": 105
         *         },
         *         {
         *           "from": "hot",
         *           "to": "cold",
         *           "leads": 35
         *         }
         *       ],
         *       "points": {
         *         "mean_difference": 0.8,
         *         "mean_absolute_difference": 3.2
         *       },
         *       "examples": [
         *         {
         *           "id": "l_123",
         *           "before": {
         *             "score": 55,
         *             "band": "cold"
         *           },
         *           "after": {
         *             "score": 83,
         *             "band": "hot"
         *           }
         *         }
         *       ]
         *     }
         */
        VersionComparison: {
            after: string;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            as_of: string;
            /** @description null: what answers now. */
            before: string | null;
            /** @description In another band: of a lead, that of its decision after guardrails; of an account, that of the score. */
            changed: number;
            /** @description Leads that both versions score; accounts where the model asks about these. */
            compared: number;
            /** @description By band; the largest first. */
            counts: {
                after: number;
                before: number;
                value: string | null;
            }[];
            /** @description Of those in another band, the ten whose points differ most. */
            examples: {
                after: {
                    band: string;
                    score: number;
                };
                before: {
                    band: string;
                    score: number;
                };
                id: string;
            }[];
            /** @description The largest first. */
            moves: {
                from: string | null;
                leads: number;
                to: string | null;
            }[];
            name: string;
            /** @description Those that one of them, or both, say nothing of. */
            not_compared: number;
            /** @description null: nobody was compared. */
            points: {
                mean_absolute_difference: number;
                /** @description Raw points after less those before. */
                mean_difference: number;
            } | null;
            /** @description Not all leads: counts are of those that were looked at. */
            sampled: boolean;
            segment: string | null;
            /**
             * @description Whom the model asks about, and ids are of.
             * @enum {string}
             */
            subject_kind: "lead" | "account";
        };
        /**
         * @description null: this kind of version has no such section.
         * @example {
         *       "name": "conversion",
         *       "segment": null,
         *       "version": "3",
         *       "kind": "recalibrated",
         *       "has_page": false,
         *       "learned_from": null,
         *       "evaluation": null,
         *       "curves": null,
         *       "half_lives": null,
         *       "gate": {
         *         "verdict": "pass",
         *         "because": "Every check passed.",
         *         "checks": []
         *       }
         *     }
         */
        VersionFigures: {
            curves: {
                rankings: {
                    gain: [
                        number,
                        number
                    ][];
                    name: string;
                }[];
            } | null;
            evaluation: {
                accounts: number;
                baselines: {
                    /** @description AUC of the model minus that of the baseline. */
                    auc_lead: {
                        difference: number | null;
                        interval: [
                            number,
                            number
                        ] | null;
                    };
                    metrics: {
                        auc: number | null;
                        /** @description 95 %, accounts resampled. */
                        auc_interval: [
                            number,
                            number
                        ] | null;
                        base_rate: number | null;
                        calibration_slope: number | null;
                        /** @description Expected calibration error, on ten bins of equal count. */
                        ece: number | null;
                        ece_interval?: [
                            number,
                            number
                        ] | null;
                        lift_top_tenth: number | null;
                        log_loss: number | null;
                        positives: number;
                        rows: number;
                        /** @description 1 - log loss / log loss of the base rate. */
                        skill: number | null;
                    };
                    name: string;
                }[];
                metrics: {
                    auc: number | null;
                    /** @description 95 %, accounts resampled. */
                    auc_interval: [
                        number,
                        number
                    ] | null;
                    base_rate: number | null;
                    calibration_slope: number | null;
                    /** @description Expected calibration error, on ten bins of equal count. */
                    ece: number | null;
                    ece_interval?: [
                        number,
                        number
                    ] | null;
                    lift_top_tenth: number | null;
                    log_loss: number | null;
                    positives: number;
                    rows: number;
                    /** @description 1 - log loss / log loss of the base rate. */
                    skill: number | null;
                };
                reliability: {
                    mean_probability: number;
                    rate: number;
                    rate_interval?: [
                        number,
                        number
                    ] | null;
                    rows: number;
                }[];
                /** @enum {string} */
                set: "all_landmarks" | "at_entry" | "at_hand_off" | "on_a_random_day";
            }[] | null;
            gate: {
                because: string;
                checks: {
                    id: string;
                    limit: string;
                    /** @description null: it could not be asked. */
                    passed: boolean | null;
                    text: string;
                }[];
                /** @enum {string} */
                verdict: "pass" | "by_hand" | "refuse";
            } | null;
            half_lives: {
                events: {
                    /** @description Why the prior was kept; null: it was not. */
                    because: string | null;
                    event: string;
                    /** @enum {string} */
                    from: "learned" | "pinned" | "prior";
                    half_life_days: number;
                    /** @description 90 %, of what the data say. */
                    interval_days: [
                        number,
                        number
                    ] | null;
                    weight: number | null;
                }[];
                prior_days: number;
            } | null;
            /** @description Whether the report can be had as a page with charts. */
            has_page: boolean;
            kind: string;
            learned_from: {
                accounts: number;
                positives: number;
                rows: number;
                subjects: number;
            } | null;
            name: string;
            segment: string | null;
            version: string;
        };
        Webhook: {
            bands: string[] | null;
            /**
             * Format: date-time
             * @example 2026-11-21T00:00:00Z
             */
            created_at: string;
            description: string | null;
            /** @description It gets nothing: it answered 410. */
            disabled: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                at: string;
                because: string;
            } | null;
            events: ("lead.band_changed" | "lead.verdict_changed" | "lead.response_overdue" | "account.band_changed" | "account.verdict_changed")[];
            /** @description Messages that were given up, or not sent while it was disabled. Replay them. */
            failed: number;
            /** @enum {string} */
            format: "standard" | "slack";
            id: string;
            /** @description Messages on their way. */
            pending: number;
            /** @description That sign now, the newest first. The secrets themselves are shown once, when they are made. */
            secrets: {
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                created_at: string;
                expires_at: string | null;
            }[];
            url: string;
        };
        WebhookAttemptList: {
            attempts: {
                account_id?: string;
                /** @description Its first kilobyte, without what looks personal. Of failures only. */
                answer: string | null;
                /** @description Of the round, from 1. */
                attempt: number;
                attempt_id: number;
                /**
                 * Format: date-time
                 * @example 2026-11-21T00:00:00Z
                 */
                began_at: string;
                lead_id?: string;
                message: {
                    next_attempt_at: string | null;
                    /** @enum {string} */
                    state: "pending" | "delivered" | "failed";
                };
                /** @description What the receiver saw as `webhook-id`. */
                message_id: string;
                milliseconds: number;
                /** @description Why it does not count as delivered; null: it does. */
                problem: string | null;
                /** @description From 1; each replay begins another. */
                round: number;
                /** @description null: there was no answer. */
                status: number | null;
                /** @enum {string} */
                type: "lead.band_changed" | "lead.verdict_changed" | "lead.response_overdue" | "account.band_changed" | "account.verdict_changed";
            }[];
            next_before: number | null;
        };
        WebhookList: {
            webhooks: components["schemas"]["Webhook"][];
        };
        WonAmounts: {
            /** @description Deals won before it, in two years, were looked at. */
            as_of: string | null;
            /** @description Of the policy; null where it has no expected values. */
            currency: string | null;
            /** @description A segment with fewer takes the median of everyone. */
            least_won_deals: number | null;
            medians: {
                median: number;
                /** @description null: everyone. */
                segment: string | null;
                won_deals: number;
            }[];
            /** @description As in `amounts_version` of answers; null: none was computed. */
            version: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    jitsu: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                type: "identify" | "track" | "page" | "screen" | "group" | "alias" | "event";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    jitsuFromServer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                type: "identify" | "track" | "page" | "screen" | "group" | "alias" | "event";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        ok: true;
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    posthogBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    batch: unknown[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description They are kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {string} */
                        status: "Ok";
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    posthogPage: {
        parameters: {
            query?: {
                _?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown[] | {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description They are kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {string} */
                        status: "Ok";
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    isAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It lives. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "alive";
                    };
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One figure a line. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    isReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description Only accounts whose decision is this band, after guardrails: one of the policy, `disqualified` or `review`. */
                band?: string;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string;
                /** @description Accounts in a page. Default: 50. */
                limit?: number;
                /** @description `-score` (default): the highest first. */
                sort?: "-score" | "score" | "account_id";
                verdict?: "eligible" | "review" | "disqualified";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: {
                /** @description What was true and known before this. Default: now. */
                as_of?: "now" | string;
            };
            header?: never;
            path: {
                /** @description The account id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was true and known before `as_of`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountFacts"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccountCourse: {
        parameters: {
            query?: {
                /** @description The first moment. Default: 90 days before now. */
                from?: "now" | string;
                /** @description Default: the model that decides. */
                model?: string;
                /** @description How many, as far apart as each other, both ends included; fewer where there are very many events. Default: 61. */
                moments?: number;
                /** @description The last moment, after `from` and at most 400 days from now. Default: 30 days from now. */
                to?: "now" | string;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The moments, in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreCourse"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccountEvents: {
        parameters: {
            query?: {
                /** @description What was true and known before this. Default: now. */
                as_of?: "now" | string;
                /** @description The latest so many; fewer where there are very many. Default: 200. */
                limit?: number;
                /** @description Default: the model that decides. */
                model?: string;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, in order of time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventWorths"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccountExplanation: {
        parameters: {
            query?: {
                /** @description What was true and known before this. Default: now. */
                as_of?: "now" | string;
            };
            header?: never;
            path: {
                /** @description The account id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account with its scores, verdict, decision and people. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoredAccount"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccountHistory: {
        parameters: {
            query?: {
                /** @description The next_before of the page before. */
                before?: number;
                /** @description Default: 50. */
                limit?: number;
                /** @description Only of this model. Default: all. */
                model?: string;
            };
            header?: never;
            path: {
                /** @description The account id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountScoreHistory"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccountScore: {
        parameters: {
            query?: {
                /** @description Computes afresh as of then. Without it: the stored score where there is one, else as of now. */
                as_of?: "now" | string;
                /** @description Contributions of every feature. Default: true when computed afresh; true alone computes afresh as of now. */
                explain?: boolean;
            };
            header?: never;
            path: {
                /** @description The account id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account with its scores, verdict, decision and people. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoredAccount"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    alias: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {boolean} */
                        success: true;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    batch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    batch: unknown[];
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description They are kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {boolean} */
                        success: true;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putDeal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenDealInput"];
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description false: all of it was known. */
                        changed: boolean;
                        deal_id: string;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFeedbackReport: {
        parameters: {
            query?: {
                /** @description What happened and was told before this. Default: now. */
                as_of?: "now" | string;
                /** @description When sales began to work by scores. Default: the first scoring. */
                began?: string;
                /** @description How long a lead has for a stage, and a deal to be won. Default: 90. */
                horizon_days?: number;
                /** @description Default: 90. */
                window_days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackReport"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGrid: {
        parameters: {
            query?: {
                /** @description Only leads whose decision is this band, after guardrails: one of the policy, `disqualified`, `review` or `unscored`. */
                band?: string;
                /** @description Width and height of a bin in points: 1, 2, 4, 5 (default), 10 or 20. */
                size?: "1" | "2" | "4" | "5" | "10" | "20";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The grid. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grid"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    group: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {boolean} */
                        success: true;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGuardrails: {
        parameters: {
            query?: {
                /** @description As in `policy_version` and `guardrails_version` of answers. Default: the one in force. */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text and content, with the version that answers name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Configuration"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backtestGuardrails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuardrailsBacktestRequestInput"];
            };
        };
        responses: {
            /** @description The figures, of the guardrails in force and of the changed ones. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardrailsBacktestAnswer"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkGuardrails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GuardrailsCheckRequestInput"];
            };
        };
        responses: {
            /** @description What was found. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GuardrailsCheck"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRuleHits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rule by rule. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RuleHits"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far scores are behind. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperationHealth"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listScheduledJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledJobs"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {boolean} */
                        success: true;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIngestRate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last hour. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestRate"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRejectedMessages: {
        parameters: {
            query?: {
                /** @description Messages before this one: the `next_before` of a page. */
                before?: number;
                /** @description Default: 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RejectedMessages"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUnknownNames: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The most frequent first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnknownNames"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLeads: {
        parameters: {
            query?: {
                /** @description Only leads whose decision is this band, after guardrails: one of the policy, `disqualified` or `review`. */
                band?: string;
                /** @description `next_cursor` of the page before, with the same filters. */
                cursor?: string;
                /** @description Also who each lead is, when a response is due, and how its points went in the last 7 days. */
                details?: boolean;
                /** @description Only leads whose fit score is this or more. A box of the grid: with any of its four ends only leads that have both scores and one of the model that decides, and none where the policy has no grades. */
                fit_from?: number;
                /** @description Only leads whose fit score is this or less. */
                fit_to?: number;
                /** @description Only leads whose intent score is this or more. A box of the grid: with any of its four ends only leads that have both scores and one of the model that decides, and none where the policy has no grades. */
                intent_from?: number;
                /** @description Only leads whose intent score is this or less. */
                intent_to?: number;
                /** @description Leads in a page. Default: 50. */
                limit?: number;
                /** @description Also the strongest reason for and against each lead, computed by the models that answer now. */
                reasons?: boolean;
                /** @description Only leads of whom each of these words begins a name: first or last name, mail address, lead id, name or domain of the company. */
                search?: string;
                /** @description `-score` (default): the highest first, whatever the verdict. `-expected_value`: probability x amount, where the policy has it, of eligible leads; all others come last. `respond_by`: only leads to whom a response is due, the soonest first. */
                sort?: "-score" | "score" | "-expected_value" | "expected_value" | "respond_by" | "lead_id";
                verdict?: "eligible" | "review" | "disqualified";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadList"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLead: {
        parameters: {
            query?: {
                /** @description What was true and known before this. Default: now. */
                as_of?: "now" | string;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was true and known before `as_of`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadFacts"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    eraseLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLeadCourse: {
        parameters: {
            query?: {
                /** @description The first moment. Default: 90 days before now. */
                from?: "now" | string;
                /** @description Default: the model that decides. */
                model?: string;
                /** @description How many, as far apart as each other, both ends included; fewer where there are very many events. Default: 61. */
                moments?: number;
                /** @description The last moment, after `from` and at most 400 days from now. Default: 30 days from now. */
                to?: "now" | string;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The moments, in order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreCourse"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLeadEvents: {
        parameters: {
            query?: {
                /** @description What was true and known before this. Default: now. */
                as_of?: "now" | string;
                /** @description The latest so many; fewer where there are very many. Default: 200. */
                limit?: number;
                /** @description Default: the model that decides. */
                model?: string;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, in order of time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventWorths"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLeadExplanation: {
        parameters: {
            query?: {
                /** @description What was true and known before this. Default: now. */
                as_of?: "now" | string;
                /** @description By what next steps, fall and change are told. Default: the model that decides. */
                model?: string;
                /** @description What changed since then, reason by reason. Before `as_of`. */
                since?: string;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lead with its scores, and what may become of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadExplanation"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportLead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LeadExport"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFeedback: {
        parameters: {
            query?: {
                /** @description Feedback before this one: the `next_before` of a page. */
                before?: number;
                /** @description Default: 50. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackList"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    giveFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenFeedbackInput"];
            };
        };
        responses: {
            /** @description What was kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptFeedback"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLeadHistory: {
        parameters: {
            query?: {
                /** @description The next_before of the page before. */
                before?: number;
                /** @description Default: 50. */
                limit?: number;
                /** @description Only of this model. Default: all. */
                model?: string;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreHistory"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setObjection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenObjectionInput"];
            };
        };
        responses: {
            /** @description What was kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Objection"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearObjection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is none any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ObjectionCleared"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setOverride: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenOverrideInput"];
            };
        };
        responses: {
            /** @description What is said of the lead now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoredLead"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clearOverride: {
        parameters: {
            query?: {
                /** @description Who says it, kept as `api:NAME`; nobody checks it. Default: the name of the key, kept as `key:NAME`. In a session nobody but who is signed in. */
                by?: string;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is said of the lead now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoredLead"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLeadScore: {
        parameters: {
            query?: {
                /** @description Computes afresh as of then. Without it: the stored score where there is one, else as of now. */
                as_of?: "now" | string;
                /** @description Contributions of every feature. Default: true when computed afresh; true alone computes afresh as of now. */
                explain?: boolean;
            };
            header?: never;
            path: {
                /** @description The lead id, percent-encoded: a slash is %2F. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lead with its scores, verdict and decision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoredLead"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Model"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compareModelVersions: {
        parameters: {
            query: {
                /** @description Another one. */
                after: number;
                /** @description A version of the model. Default: what answers now, also where that is the rubric. */
                before?: number;
                /** @description About so many leads, spread evenly over all. Default: 2000. */
                leads?: number;
                /** @description Default: the model for everyone. */
                segment?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comparison. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionComparison"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModelHistory: {
        parameters: {
            query?: {
                /** @description Default: the model for everyone. */
                segment?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelHistory"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMonitorRuns: {
        parameters: {
            query?: {
                /** @description Runs before this one: the `next_before` of a page. */
                before?: number;
                /** @description Default: 5. */
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MonitorRuns"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    promoteModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromotionInput"];
            };
        };
        responses: {
            /** @description What answers now, and the new revision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promoted"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollbackModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollbackInput"];
            };
        };
        responses: {
            /** @description What answers now, and the new revision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Promoted"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVersionFigures: {
        parameters: {
            query?: {
                /** @description Default: the model for everyone. */
                segment?: string;
            };
            header?: never;
            path: {
                name: string;
                v: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionFigures"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getModelReport: {
        parameters: {
            query?: {
                /** @description Default: the model for everyone. */
                segment?: string;
            };
            header?: never;
            path: {
                name: string;
                v: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report, as training wrote it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrainingReport"];
                    "text/html": string;
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {boolean} */
                        success: true;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPolicy: {
        parameters: {
            query?: {
                /** @description As in `policy_version` and `guardrails_version` of answers. Default: the one in force. */
                version?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Text and content, with the version that answers name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Configuration"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWonAmounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The medians in force. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WonAmounts"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getScoreDistribution: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreDistribution"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proposeBands: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BandsProposalRequestInput"];
            };
        };
        responses: {
            /** @description The policy as it would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BandsProposal"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    simulatePolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PolicySimulationRequestInput"];
            };
        };
        responses: {
            /** @description The comparison. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicySimulation"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description What the server keeps is not valid: an artifact, the policy, the guardrails. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    score: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScoreRequestInput"];
            };
        };
        responses: {
            /** @description The lead with its scores, verdict and decision. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoredLead"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    screen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {boolean} */
                        success: true;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session of the cookie that was sent. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description As `wonlost keys create` printed it. */
                    key: string;
                };
            };
        };
        responses: {
            /** @description The session; its token is in the cookie only. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody is signed in now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginSignIn: {
        parameters: {
            query?: {
                /** @description Where to go when signed in: a path of this server, with its query. */
                return_to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the identity provider. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishSignIn: {
        parameters: {
            query?: {
                /** @description For which the provider gives the token. */
                code?: string;
                /** @description Why there is no code. */
                error?: string;
                /** @description The provider. */
                iss?: string;
                /** @description As it was sent. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page that was asked for, with the session in a cookie. */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamScores: {
        parameters: {
            query?: {
                /** @description Only scores of this model. Default: of all. */
                model?: string;
                /** @description Only those of leads, or of accounts. Default: both. */
                subject?: "lead" | "account";
            };
            header?: {
                /** @description The last history id that was seen: what came after it follows first. */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events; the data of each is this, as JSON. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["ScoreEvent"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    track: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description It is kept. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Messages that were turned down: GET /v1/ingest/rejected says why. */
                        rejected: number;
                        /** @enum {boolean} */
                        success: true;
                    };
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In the order in which they were made. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenWebhookInput"];
            };
        };
        responses: {
            /** @description The endpoint, with its secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON in UTF-8. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It gets nothing more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedWebhook"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookAttempts: {
        parameters: {
            query?: {
                /** @description Attempts before this one: the `next_before` of a page. */
                before?: number;
                /** @description Default: 50. */
                limit?: number;
                /** @description Only of messages that are in this state now. */
                state?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookAttemptList"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhookAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attempt: number;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is on its way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedWebhook"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are on their way. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayedWebhooks"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It changed meanwhile, or must not be done so. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The new secret. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedWebhook"];
                };
            };
            /** @description The request is not valid; `errors` names the fields. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no valid key in the request. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key does not have the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such lead, model or version. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The key asked too often, or more arrives than can be written; Retry-After says when to go on. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something went wrong on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The database or the engine is not available; Retry-After says when to try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

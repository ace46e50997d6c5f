-- Up Migration
-- How many live messages came, minute by minute, over all servers: counting events would read all of them. A day is kept, of the last one.
CREATE TABLE wonlost.intake_minutes (
  minute   timestamptz(3) PRIMARY KEY,           -- when it began
  received bigint NOT NULL CHECK (received > 0),
  rejected bigint NOT NULL CHECK (rejected BETWEEN 0 AND received),
  last_at  timestamptz(3) NOT NULL               -- of the last message in it
) WITH (fillfactor = 50);                        -- each server adds to the present minute every second: in place

-- What a dead run left behind: nobody knows whether the relay took these.
UPDATE message SET state = 'in_doubt' WHERE state = 'sending'

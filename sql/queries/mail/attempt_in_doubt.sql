UPDATE attempt
SET ended_at = $1, outcome = 'unknown', reply = 'the run ended before the relay answered'
WHERE outcome IS NULL AND message_id IN (SELECT id FROM message WHERE state = 'sending')

-- PostgreSQL. What message_in_doubt.sql will find.
UPDATE attempt
SET ended_at = $1, outcome = 'unknown', reply = 'the run ended before the relay answered'
WHERE outcome IS NULL
  AND message_id IN (SELECT id FROM message WHERE state = 'sending')
  AND NOT EXISTS (SELECT 1 FROM in_hand WHERE in_hand.message_id = attempt.message_id)

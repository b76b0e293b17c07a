-- An import into an empty ledger: the record of the roster is the number of the graduate and of the invitation.
INSERT INTO graduate (id, student_id, full_name, email, date_of_birth, language, priority)
SELECT record, student_id, full_name, email, date_of_birth, language, priority FROM staged_first

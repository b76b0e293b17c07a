-- The record of the roster is the number of the graduate and of the invitation.
INSERT OR ROLLBACK INTO graduate (id, student_id, full_name, email, date_of_birth, language, priority)
VALUES (?, ?, ?, ?, ?, ?, ?)

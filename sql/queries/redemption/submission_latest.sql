-- The latest submission of the qualification that submission $1 is about.
SELECT latest.id AS "id!", latest.seek_pass_id, latest.state AS "state: SubmissionState", latest.digest,
    latest.sent_at AS "sent_at: Moment", latest.ended_at AS "ended_at: Moment", latest.link
FROM submission AS asked
JOIN submission AS latest
    ON latest.graduate_id = asked.graduate_id AND latest.course_key = asked.course_key
WHERE asked.id = $1
ORDER BY latest.state = 'verified' DESC, latest.id DESC
LIMIT 1

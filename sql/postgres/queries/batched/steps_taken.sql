-- PostgreSQL.
-- What became of the steps of $1: the submissions of its new_submissions by their ids at SEEK Pass, and those of its answers whose
-- link is the graduate's.
SELECT json_build_object(
    'made', (
        SELECT coalesce(json_object_agg(submission.seek_pass_id, submission.id), '{}')
        FROM json_array_elements(CAST(CAST($1 AS TEXT) AS JSON) -> 'new_submissions') AS new
        JOIN submission ON submission.seek_pass_id = new ->> 'seek_pass_id'
    ),
    'accepted', (
        SELECT coalesce(json_agg(submission.id), '[]')
        FROM json_array_elements(CAST(CAST($1 AS TEXT) AS JSON) -> 'answers') AS answer
        JOIN submission
            ON submission.id = CAST(answer ->> 'id' AS BIGINT) AND submission.state = 'incomplete'
            AND submission.link = answer ->> 'link'
    )
)::TEXT AS "taken!: String"

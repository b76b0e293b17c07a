-- What became of the steps of $1: the submissions of its new_submissions by their ids at SEEK Pass, and those of its answers whose
-- link is the graduate's.
SELECT json_object(
    'made', (
        SELECT json_group_object(submission.seek_pass_id, submission.id)
        FROM json_each($1, '$.new_submissions') AS new
        JOIN submission ON submission.seek_pass_id = new.value ->> 'seek_pass_id'
    ),
    'accepted', (
        SELECT json_group_array(submission.id)
        FROM json_each($1, '$.answers') AS answer
        JOIN submission
            ON submission.id = answer.value ->> 'id' AND submission.state = 'incomplete'
            AND submission.link = answer.value ->> 'link'
    )
) AS "taken!: String"

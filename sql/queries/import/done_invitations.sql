-- Open invitations of which all that they still list is verified: the rest was withdrawn afterwards.
SELECT DISTINCT invitation.id
FROM submission
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    AND qualification.withdrawn_at IS NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
WHERE submission.state = 'verified'
  AND NOT EXISTS (
    SELECT 1 FROM unverified_award AS award
    WHERE award.graduate_id = invitation.graduate_id AND award.invitation_id = invitation.id
  )

-- Open invitations of which all that they still list is verified: the rest was withdrawn afterwards.
SELECT DISTINCT invitation.id
FROM submission
JOIN qualification
    ON qualification.graduate_id = submission.graduate_id AND qualification.course_key = submission.course_key
    AND qualification.withdrawn_at IS NULL
JOIN invitation ON invitation.id = qualification.invitation_id AND invitation.state = 'open'
WHERE submission.state = 'verified'
  AND NOT EXISTS (
    SELECT 1 FROM qualification AS other
    WHERE other.graduate_id = invitation.graduate_id AND other.invitation_id = invitation.id
      AND other.withdrawn_at IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM submission AS verified
        WHERE verified.graduate_id = other.graduate_id AND verified.course_key = other.course_key
          AND verified.state = 'verified'
      )
  )

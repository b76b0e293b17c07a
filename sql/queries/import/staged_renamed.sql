-- Rows that go on with a qualification under another key, of students of whom something was corrected.
SELECT
    graduate.student_id, qualification.course_code AS old_code, qualification.course_name AS old_name,
    staged_row.course_code, staged_row.course_name, staged_row.conferral_year, staged_row.conferral_date,
    staged_row.awaiting_graduation, staged_row.majors, staged_row.honours
FROM staged_pair
JOIN graduate ON graduate.id = staged_pair.graduate_id
JOIN qualification
    ON qualification.graduate_id = staged_pair.graduate_id AND qualification.course_key = staged_pair.old_key
JOIN staged_row ON staged_row.student_id = graduate.student_id AND staged_row.course_key = staged_pair.new_key
WHERE graduate.student_id IN (SELECT student_id FROM correction)

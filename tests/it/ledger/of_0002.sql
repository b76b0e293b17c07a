INSERT INTO batch VALUES (1, 'roster.csv', x'00', 1767000000000, 1767000001000, 5, 5, 0, 0, 0, 0);
INSERT INTO graduate VALUES
    (1, 's0001', 'Graduate 1', 'g1@mailbox.example', NULL, NULL),
    (2, 's0002', 'Graduate 2', 'g2@mailbox.example', NULL, NULL),
    (3, 's0003', 'Graduate 3', 'g3@mailbox.example', NULL, NULL),
    (4, 's0004', 'Graduate 4', 'g4@mailbox.example', NULL, NULL),
    (5, 's0005', 'Graduate 5', 'g5@mailbox.example', NULL, NULL);
INSERT INTO invitation VALUES
    (1, 1, 'open', 1767000000000, NULL), (2, 2, 'verified', 1767000000000, 1767000500000),
    (3, 3, 'open', 1767000000000, 1767000500000), (4, 4, 'open', 1767000000000, NULL),
    (5, 5, 'open', 1767000000000, NULL);
INSERT INTO qualification
SELECT id, 'bachelor of arts', id, NULL, 'Bachelor of Arts', 2024, NULL, 0, '', NULL, NULL FROM graduate;
INSERT INTO message VALUES
    (1, 1, 1, 'invitation', 'waiting', 1767000000000, 0, NULL),
    (2, 2, 1, 'invitation', 'sent', 1767000000000, 1, 1767000002000),
    (3, 3, 1, 'invitation', 'refused', 1767000000000, 1, NULL),
    (4, 4, 1, 'invitation', 'sending', 1767000000000, 1, NULL),
    (5, 5, 1, 'invitation', 'deferred', 1767000600000, 1, NULL),
    -- a reissue that was not sent before she was verified
    (6, 2, 1, 'invitation', 'waiting', 1767000000000, 0, NULL);
INSERT INTO attempt VALUES
    (2, 1, 1767000001500, 1767000002000, 'accepted', '250 ok'),
    (3, 1, 1767000001500, 1767000002000, 'refused', '550 5.1.1 unknown'),
    (4, 1, 1767000001500, NULL, NULL, NULL),
    (5, 1, 1767000001500, 1767000002000, 'try_later', '451 4.2.1 later');
INSERT INTO code VALUES
    (x'02', 2, 1767000001500, 1794000000000, NULL), (x'03', 3, 1767000001500, 1794000000000, NULL);
INSERT INTO mail_day VALUES ('2025-12-29', 4);
INSERT INTO submission VALUES
    (1, 'north-1', 2, 'bachelor of arts', x'01', 'verified', 1767000500000, 1767000500000, 1, 1767000500100, 1767000500200, NULL,
     1767000900000, 1767000900000, NULL),
    (2, 'north-2', 3, 'bachelor of arts', x'02', 'incomplete', 1767000500000, 1767000500000, 1, 1767000500100, 1767000500200,
     'https://pass.example/2', NULL, NULL, NULL);

UPDATE sending SET number = number + 1 RETURNING number

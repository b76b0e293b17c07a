SELECT used FROM mail_day WHERE day = $1

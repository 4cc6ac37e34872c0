# Command line

command-ok = { $file }: ok ({ $title })
command-unreadable = { $file }: cannot be read: { $reason }

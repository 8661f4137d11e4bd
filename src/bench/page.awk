# Writes results as a table in Markdown, or (part=line) as a line for the terminal.
END {
  if (part == "line") line(job[1])
  else table()
}

function line(name,    i, who, text) {
  for (i = 1; i <= contenders[name]; i++) {
    who = contender[name, i]
    text = text sprintf("%s%s %s s", i > 1 ? ", " : "", who, digits(wall(name, who)))
  }
  print name ": " text (ratio(name) == "" ? "" : "; ratio " digits(ratio(name)) \
    (asked[name] == "-" ? "" : ", asked at most " asked[name]))
}

function table(    i) {
  print "| job | | runs | seconds | each | | CPU s | RSS MB | ratio | asked |"
  print "|---|---|---:|---:|---:|---|---:|---:|---:|---:|"
  for (i = 1; i <= jobs; i++) rows(job[i])
  commits()
}

function rows(name,    i, who) {
  for (i = 1; i <= contenders[name]; i++) {
    who = contender[name, i]
    printf "| %s | %s | %d | %s | %s | %s | %s | %s | %s | %s |\n", i == 1 ? title[name] : "", who,
      runs[name, who], digits(wall(name, who)), digits(each(name, who)), unit_name(name), digits(cpu(name, who)), memory(name, who),
      i == 1 && ratio(name) != "" ? "**" digits(ratio(name)) "**" : "",
      i == 1 && asked[name] != "-" ? "≤ " asked[name] : ""
  }
}

function memory(name, who,    kilobytes) {
  kilobytes = rss(name, who)
  return kilobytes == "-" ? "-" : sprintf("%.0f", kilobytes / 1024)
}

function commits(    i, all, seen) {
  for (i = 1; i <= jobs; i++)
    if (!(commit[job[i]] in seen)) {
      seen[commit[job[i]]]
      all = all (all == "" ? "" : ", ") commit[job[i]]
    }
  print "\nMeasured at commit " all "."
  if (highest > 0)
    print "The load average was between " lowest " and " highest ": above 1, something else was at work, and the times are too long."
}

# Reads the files of results, in the order in which they are to be shown, for page.awk and chart.awk:
# job[1..jobs], and of each its contenders and their medians. Fields: job, title, ratio asked, unit,
# number of units, contender, wall seconds, CPU seconds, peak KB, commit, load average; a line for each run.
BEGIN { FS = "\t" }

!($1 in title) {
  job[++jobs] = $1
  title[$1] = grouped($2)
  asked[$1] = $3
  unit[$1] = $4
  units[$1] = $5
  commit[$1] = $10
}

$11 ~ /[0-9]/ {
  if (highest == "" || $11 > highest) highest = $11
  if (lowest == "" || $11 < lowest) lowest = $11
}

{
  if (!(($1, $6) in runs)) contender[$1, ++contenders[$1]] = $6
  run = ++runs[$1, $6]
  for (column = 7; column <= 9; column++) sample[$1, $6, column, run] = $column
}

function wall(name, who) { return median(name, who, 7) }
function cpu(name, who) { return median(name, who, 8) }
function rss(name, who) { return median(name, who, 9) }

function median(name, who, column,    count, i, j, value, sorted) {
  count = runs[name, who]
  if (sample[name, who, column, 1] == "-") return "-"
  for (i = 1; i <= count; i++) {
    value = sample[name, who, column, i] + 0
    for (j = i - 1; j > 0 && sorted[j] > value; j--) sorted[j + 1] = sorted[j]
    sorted[j + 1] = value
  }
  return count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2
}

# 1000000 records as 1,000,000 records.
function grouped(words) {
  while (match(words, /[0-9][0-9][0-9][0-9]($|[^0-9])/)) words = substr(words, 1, RSTART) "," substr(words, RSTART + 1)
  return words
}

# Our time over that of the first peer, or "" where there is none.
function ratio(name,    peer) {
  peer = contender[name, 2]
  return peer == "" ? "" : wall(name, contender[name, 1]) / wall(name, peer)
}

# Microseconds a record, milliseconds a start, or nanoseconds a byte.
function each(name, who) {
  return wall(name, who) / units[name] * (unit[name] == "start" ? 1e3 : unit[name] == "byte" ? 1e9 : 1e6)
}

function unit_name(name) {
  return unit[name] == "start" ? "ms a start" : unit[name] == "byte" ? "ns a byte" : "µs a record"
}

# Three digits that mean something, but all before the point.
function digits(x) {
  if (x == "-" || x == "") return x
  return sprintf(x >= 100 ? "%.0f" : x >= 10 ? "%.1f" : x >= 1 ? "%.2f" : "%.3f", x)
}

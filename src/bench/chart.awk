# Draws results as a picture in SVG: a bar of ratios for each job, and the curves below them.
END {
  row = 22
  for (i = 1; i <= jobs; i++) {
    name = job[i]
    if (name ~ /@/) {
      curve = substr(name, 1, index(name, "@") - 1)
      if (!(curve in points)) curves[++curve_count] = curve
      point[curve, ++points[curve]] = name
    } else if (ratio(name) != "") bars[++bar_count] = name
  }
  top = 50
  bottom = top + bar_count * row
  height = bottom + 50 + int((curve_count + 1) / 2) * 260
  print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 " height \
    "\" font-family=\"sans-serif\" font-size=\"12\">"
  print "<rect width=\"900\" height=\"" height "\" fill=\"white\"/>"
  if (bar_count) draw_bars()
  for (i = 1; i <= curve_count; i++)
    draw_curve(curves[i], 70 + (i - 1) % 2 * 440, bottom + 50 + int((i - 1) / 2) * 260)
  print "</svg>"
}

function text(x, y, anchor, colour, words) {
  gsub(/&/, "\\&amp;", words)
  gsub(/</, "\\&lt;", words)
  gsub(/`/, "", words)
  printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n", x, y, anchor, colour, words
}

function draw_line(x1, y1, x2, y2, colour) {
  printf "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>\n", x1, y1, x2, y2, colour
}

# A bar is our time; the line at 1 the peer's; the red mark what is asked at most.
function draw_bars(    i, y, x, most) {
  most = 1.2
  for (i = 1; i <= bar_count; i++) {
    if (ratio(bars[i]) > most) most = ratio(bars[i])
    if (asked[bars[i]] != "-" && asked[bars[i]] * 1.1 > most) most = asked[bars[i]] * 1.1
  }
  scale = 330 / most
  text(20, 24, "start", "black", "ProntoDB's time over the first peer's: shorter is better; red: asked at most")
  for (i = 1; i <= bar_count; i++) {
    y = top + (i - 1) * row
    text(470, y + 14, "end", "black", title[bars[i]])
    printf "<rect x=\"480\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"#4a7fb5\"/>\n", y, ratio(bars[i]) * scale
    text(484 + ratio(bars[i]) * scale, y + 13, "start", "black", digits(ratio(bars[i])))
    if (asked[bars[i]] != "-") {
      x = 480 + asked[bars[i]] * scale
      draw_line(x, y - 2, x, y + 18, "#c0392b")
    }
  }
  draw_line(480 + scale, top - 6, 480 + scale, bottom, "#888")
}

function log10(x) { return log(x) / log(10) }

# Both axes are logarithmic: a cost that does not grow is a level line.
function draw_curve(curve, left, above,    i, k, x, y, name, who, low, high, from, to, path, value, label) {
  low = 1e9
  high = 0
  for (i = 1; i <= points[curve]; i++) {
    name = point[curve, i]
    for (k = 1; k <= contenders[name]; k++) {
      value = each(name, contender[name, k])
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  low = int(log10(low) + 100) - 100
  high = int(log10(high) + 100) - 99
  from = log10(at(point[curve, 1]))
  to = log10(at(point[curve, points[curve]]))
  if (to == from) to = from + 1
  text(left, above, "start", "black", curve ": " \
    (unit[point[curve, 1]] == "start" ? "ms a start" : "µs a record"))
  for (i = low; i <= high; i++) {
    y = above + 200 - (i - low) / (high - low) * 180
    draw_line(left, y, left + 340, y, "#ddd")
    text(left - 5, y + 4, "end", "#555", i < 0 ? sprintf("%." (-i) "f", 10 ^ i) : 10 ^ i "")
  }
  for (i = 1; i <= points[curve]; i++) {
    x = left + (log10(at(point[curve, i])) - from) / (to - from) * 340
    text(x, above + 218, "middle", "#555", at(point[curve, i]))
  }
  for (k = 1; k <= contenders[point[curve, 1]]; k++) {
    path = ""
    for (i = 1; i <= points[curve]; i++) {
      name = point[curve, i]
      x = left + (log10(at(name)) - from) / (to - from) * 340
      y = above + 200 - (log10(each(name, contender[name, k])) - low) / (high - low) * 180
      path = path sprintf("%s%.1f %.1f", i == 1 ? "M" : "L", x, y)
    }
    printf "<path d=\"%s\" fill=\"none\" stroke-width=\"2\" stroke=\"%s\"/>\n", path, colour(k)
    text(left + 110 + 110 * (k - 1), above, "start", colour(k), contender[point[curve, 1], k])
  }
}

function at(name) { return substr(name, index(name, "@") + 1) + 0 }

function colour(k) { return k == 1 ? "#4a7fb5" : k == 2 ? "#d08a2e" : "#6a9f58" }

/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.control;

import java.util.List;
import java.util.Map;

/** The control page as HTML: what there is, refreshed every second, and a form per command. */
final class Page {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Azure emulator</title><style>
      body { font: 15px sans-serif; margin: 1.5em; max-width: 75em }
      form { margin: .3em 0 } button { min-width: 10em; text-align: left }
      input { width: 9em; margin-right: .6em } code, pre { background: #eee; padding: .1em .3em }
      pre { padding: .6em; max-height: 30em; overflow: auto } .answer { color: #060 }
      </style></head><body>
      <h1>Azure emulator</h1>
      <p>Two IoT Hubs and a Device Provisioning Service on this machine, for tests. Nothing here is
      Azure. For scripts: <code>GET /status</code> tells what is shown below,
      <code>GET /hub/a/messages?from=0</code> what a hub has received; each button is a
      <code>POST</code> to the path it names, with its parameters in the query or as a form; the
      answer is 200, or 400 and one line that says what is wrong.</p>
      <p class="answer" id="answer"></p>
      """;

  private static final String TAIL =
      """
      <h2>State</h2><pre id="status"></pre>
      <script>
      async function refresh() {
        try {
          const status = await (await fetch('/status')).json();
          document.getElementById('status').textContent = JSON.stringify(status, null, 2);
        } catch (e) {
          document.getElementById('status').textContent = 'The emulator does not answer.';
        }
      }
      document.querySelectorAll('form').forEach(form => form.addEventListener('submit', async e => {
        e.preventDefault();
        const reply = await fetch(form.getAttribute('action'),
            { method: 'POST', body: new URLSearchParams(new FormData(form)) });
        document.getElementById('answer').textContent =
            form.getAttribute('action') + ': ' + await reply.text();
        refresh();
      }));
      refresh();
      setInterval(refresh, 1000);
      </script></body></html>
      """;

  private Page() {}

  /**
   * @param sections headings with the path that their commands' names follow
   */
  static String html(Map<String, String> sections, Map<String, List<? extends Command<?>>> all) {
    StringBuilder page = new StringBuilder(HEAD);
    sections.forEach(
        (path, heading) -> {
          page.append("<h2>").append(escape(heading)).append("</h2>\n");
          for (Command<?> command : all.getOrDefault(path, List.of())) {
            page.append(form(path + "/" + command.name(), command));
          }
        });
    return page.append(TAIL).toString();
  }

  private static String form(String action, Command<?> command) {
    StringBuilder form = new StringBuilder();
    form.append("<form method=\"post\" action=\"").append(escape(action)).append("\">");
    form.append("<button>").append(escape(action)).append("</button> ");
    command
        .parameters()
        .forEach(
            (name, value) ->
                form.append("<label>")
                    .append(escape(name))
                    .append(" <input name=\"")
                    .append(escape(name))
                    .append("\" value=\"")
                    .append(escape(value))
                    .append("\"></label>"));
    return form.append(escape(command.explanation())).append("</form>\n").toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

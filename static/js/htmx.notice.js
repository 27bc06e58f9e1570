/*! htmx 4.0.1 with its extension preload, https://htmx.org, under the Zero-Clause BSD licence */

vcl 4.1;

# Stele behind Varnish 7, which answers readers even while Stele is away and forgets what has changed.
#
# Assumed: TLS ends before Varnish (hitch, nginx, a load balancer) and says so in X-Forwarded-Proto; Stele and Varnish
# are on one machine; purge messages come through a small receiver of yours that checks their signature (see
# Stele-Signature in the manual of purge_urls) and sends Varnish, for each list of keys,
#
#     BAN / HTTP/1.1
#     X-Keys: (^| )(article-17|locale-nb)( |$)
#
# {"all":true} becomes  X-Keys: .  (a dot). Bans by header need nothing but Varnish itself; where the module xkey of
# varnish-modules is there, its purge by key does the same for less.
#
# In stele.toml:  listen = "127.0.0.1:8080"
#                 base_url = "https://example.org"
#                 trusted_proxies = "127.0.0.1"
#                 purge_urls = "http://127.0.0.1:8081/purge"    (the receiver)
#                 purge_secret = "…"

backend stele {
    .host = "127.0.0.1";
    .port = "8080";
    .probe = {
        .url = "/readyz";
        .interval = 5s;
        .timeout = 2s;
        .window = 5;
        .threshold = 3;
    }
}

acl receivers {
    "localhost";
}

# Varnish keeps the gzip that Stele made, and unpacks it for the few who do not take it. Brotli it hands to nobody.

sub vcl_recv {
    if (req.method == "BAN") {
        if (client.ip !~ receivers) {
            return (synth(405));
        }
        if (!req.http.X-Keys) {
            return (synth(400));
        }
        # Of the object alone, so that Varnish can forget it by itself, also where nobody asks for it any more.
        ban("obj.http.Surrogate-Key ~ " + req.http.X-Keys);
        return (synth(204));
    }
    if (req.url == "/metrics") {
        return (synth(404));
    }
    # Editors, programs and previews are nobody else's business.
    if (req.http.Authorization || req.url ~ "^/(studio|preview)(/|$)" || req.url ~ "^/api/" && req.http.Cookie) {
        return (pass);
    }
    # The pages of the site do not depend on cookies.
    if (req.url !~ "^/api/") {
        unset req.http.Cookie;
    }
}

sub vcl_backend_response {
    # Only what says what it is made of can be dropped when that changes.
    if (!beresp.http.Surrogate-Key) {
        set beresp.uncacheable = true;
        set beresp.ttl = 120s;
        return (deliver);
    }
    # Readers' browsers are told max-age=0; here it stands until it is banned, at most a day, and is shown for an hour
    # more while Stele is away.
    set beresp.ttl = 1d;
    set beresp.grace = 1h;
}

sub vcl_deliver {
    # Keys are between Stele and Varnish.
    unset resp.http.Surrogate-Key;
}

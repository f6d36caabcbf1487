/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.emulator.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A shared access signature: {@code SharedAccessSignature sr=...&sig=...&se=...[&skn=...]}, in any
 * order.
 *
 * @param resource {@code sr} as it stands in the token: the signature covers it in this form
 * @param signature {@code sig}, decoded
 * @param expiry {@code se} as it stands in the token, seconds since 1970
 * @param expiresAt {@code se} as a time
 * @param policy {@code skn}, empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes to read, never compared
public record SasToken(
    String resource, byte[] signature, String expiry, Instant expiresAt, String policy) {
  private static final String PREFIX = "SharedAccessSignature ";

  /** Reads a token; empty when it is not one. */
  public static Optional<SasToken> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Map<String, String> fields = new HashMap<>();
    for (String field : text.substring(PREFIX.length()).split("&", -1)) {
      int equals = field.indexOf('=');
      if (equals < 0
          || fields.put(field.substring(0, equals), field.substring(equals + 1)) != null) {
        return Optional.empty();
      }
    }
    String resource = fields.get("sr");
    String signature = fields.get("sig");
    String expiry = fields.get("se");
    if (resource == null || signature == null || expiry == null) {
      return Optional.empty();
    }
    try {
      Instant expiresAt = Instant.ofEpochSecond(Long.parseLong(expiry));
      byte[] decoded = Base64.getDecoder().decode(URLDecoder.decode(signature, UTF_8));
      String policy = fields.getOrDefault("skn", "");
      return Optional.of(new SasToken(resource, decoded, expiry, expiresAt, policy));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Signs, as a client does; the resource goes into the token in the form given. */
  public static String sign(String resource, String base64Key, Instant expiresAt, String policy) {
    String expiry = Long.toString(expiresAt.getEpochSecond());
    byte[] signature = hmac(base64Key, resource + "\n" + expiry);
    String encoded = URLEncoder.encode(Base64.getEncoder().encodeToString(signature), UTF_8);
    String suffix = policy.isEmpty() ? "" : "&skn=" + policy;
    return PREFIX + "sr=" + resource + "&sig=" + encoded + "&se=" + expiry + suffix;
  }

  /** The audience: {@link #resource} decoded. */
  public String audience() {
    return URLDecoder.decode(resource, UTF_8);
  }

  static byte[] hmac(String base64Key, String message) {
    return hmac(Base64.getDecoder().decode(base64Key), message);
  }

  static byte[] hmac(byte[] key, String message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(message.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "SasToken[" + resource + ", expires " + expiry + "]";
  }
}

/*
 * Copyright (c) 2026 Rejoin contributors
 *
 * SPDX-License-Identifier: EPL-2.0
 */
package io.rejoin.azure.iothub.connection;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/** A certificate that has an end and nothing else. */
final class Ending extends X509Certificate {
  private final Instant end;

  Ending(Instant end) {
    this.end = end;
  }

  @Override
  public Date getNotAfter() {
    return Date.from(end);
  }

  private static UnsupportedOperationException nothingElse() {
    return new UnsupportedOperationException();
  }

  @Override
  public void checkValidity() {
    throw nothingElse();
  }

  @Override
  public void checkValidity(Date date) {
    throw nothingElse();
  }

  @Override
  public int getVersion() {
    throw nothingElse();
  }

  @Override
  public BigInteger getSerialNumber() {
    throw nothingElse();
  }

  @Override
  public Principal getIssuerDN() {
    throw nothingElse();
  }

  @Override
  public Principal getSubjectDN() {
    throw nothingElse();
  }

  @Override
  public Date getNotBefore() {
    throw nothingElse();
  }

  @Override
  public byte[] getTBSCertificate() {
    throw nothingElse();
  }

  @Override
  public byte[] getSignature() {
    throw nothingElse();
  }

  @Override
  public String getSigAlgName() {
    throw nothingElse();
  }

  @Override
  public String getSigAlgOID() {
    throw nothingElse();
  }

  @Override
  public byte[] getSigAlgParams() {
    throw nothingElse();
  }

  @Override
  public boolean[] getIssuerUniqueID() {
    throw nothingElse();
  }

  @Override
  public boolean[] getSubjectUniqueID() {
    throw nothingElse();
  }

  @Override
  public boolean[] getKeyUsage() {
    throw nothingElse();
  }

  @Override
  public int getBasicConstraints() {
    throw nothingElse();
  }

  @Override
  public byte[] getEncoded() {
    return end.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void verify(PublicKey key) {
    throw nothingElse();
  }

  @Override
  public void verify(PublicKey key, String provider) {
    throw nothingElse();
  }

  @Override
  public String toString() {
    throw nothingElse();
  }

  @Override
  public PublicKey getPublicKey() {
    throw nothingElse();
  }

  @Override
  public boolean hasUnsupportedCriticalExtension() {
    throw nothingElse();
  }

  @Override
  public Set<String> getCriticalExtensionOIDs() {
    throw nothingElse();
  }

  @Override
  public Set<String> getNonCriticalExtensionOIDs() {
    throw nothingElse();
  }

  @Override
  public byte[] getExtensionValue(String oid) {
    throw nothingElse();
  }
}

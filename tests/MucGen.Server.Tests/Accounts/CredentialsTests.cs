using System.Security.Cryptography;
using System.Text;
using MucGen.Server.Accounts;
using MucGen.Server.Storage;

namespace MucGen.Server.Tests.Accounts;

/// <summary>SCRAM keys against the examples of the RFCs, and the preparation of passwords.</summary>
public sealed class CredentialsTests
{
    [Fact]
    public void The_keys_verify_the_exchange_of_RFC_5802_section_5()
    {
        var keys = ScramKeys.Derive(ScramHash.Sha1, "pencil", Convert.FromBase64String("QSXCR+Q6sek8bf92"), 4096);
        AssertExchange(
            ScramHash.Sha1,
            keys,
            "n=user,r=fyko+d2lbbFgONRv9qkxdawL,"
            + "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096,"
            + "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j",
            "v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            "rmF9pqV8S7suAoZWja4dJRkFsKQ=");
    }

    [Fact]
    public void The_keys_verify_the_exchange_of_RFC_7677_section_3()
    {
        var keys = ScramKeys.Derive(ScramHash.Sha256, "pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
        AssertExchange(
            ScramHash.Sha256,
            keys,
            "n=user,r=rOprNGfwEbeRWgbNEkqO,"
            + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0",
            "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    [Fact]
    public void New_keys_have_salts_of_their_own_and_enough_rounds()
    {
        // CI-5802-05, CI-5802-19
        var first = Credentials.FromPrepared("secret");
        var second = Credentials.FromPrepared("secret");
        Assert.NotEqual(first.Sha256.Salt, second.Sha256.Salt);
        Assert.NotEqual(first.Sha1.Salt, first.Sha256.Salt);
        Assert.Equal(10_000, first.Sha1.Iterations);
        Assert.True(first.Matches("secret"));
        Assert.False(first.Matches("Secret"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Credentials.FromPrepared("secret", 4095));
    }

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("\u00AA", "a")]
    [InlineData("\u2168", "IX")]
    [InlineData("a\u00A0b", "a b")]
    [InlineData("a\u200Bb", "a b")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u05D0\u05D1", "\u05D0\u05D1")]
    [InlineData("\U0001F512 lock", "\U0001F512 lock")]
    public void Passwords_that_look_the_same_are_the_same(string typed, string prepared)
    {
        // CI-5802-10; the first rows are RFC 4013 section 3
        Assert.True(SaslPrep.TryPrepare(typed, out var result, out var fault));
        Assert.Equal((prepared, SaslPrepFault.None), (result, fault));
    }

    [Theory]
    [InlineData("", SaslPrepFault.Empty)]
    [InlineData("\u00AD", SaslPrepFault.Empty)]
    [InlineData("\u0007", SaslPrepFault.Prohibited)]
    [InlineData("a\u202Eb", SaslPrepFault.Prohibited)]
    [InlineData("a\uE000", SaslPrepFault.Prohibited)]
    [InlineData("\u0627\u0031", SaslPrepFault.Bidirectional)]
    [InlineData("\u05D0a\u05D0", SaslPrepFault.Bidirectional)]
    public void Passwords_that_cannot_be_typed_again_are_refused(string typed, SaslPrepFault expected)
    {
        // CI-5802-11
        Assert.False(SaslPrep.TryPrepare(typed, out _, out var fault));
        Assert.Equal(expected, fault);
        Assert.NotEmpty(SaslPrep.Explain(fault));
    }

    [Fact]
    public void A_lone_surrogate_is_no_text()
    {
        Assert.False(SaslPrep.TryPrepare("a" + (char)0xD800, out _, out var fault));
        Assert.Equal(SaslPrepFault.NotUnicode, fault);
    }

    private static void AssertExchange(ScramHash hash, ScramKeys keys, string authMessage, string proof, string serverSignature)
    {
        var name = ScramKeys.NameOf(hash);
        var message = Encoding.UTF8.GetBytes(authMessage);
        var clientSignature = CryptographicOperations.HmacData(name, keys.StoredKey, message);
        var clientKey = Convert.FromBase64String(proof).Zip(clientSignature, (left, right) => (byte)(left ^ right)).ToArray();
        Assert.Equal(keys.StoredKey, CryptographicOperations.HashData(name, clientKey));
        Assert.Equal(serverSignature, Convert.ToBase64String(CryptographicOperations.HmacData(name, keys.ServerKey, message)));
    }
}

using System.Security.Cryptography;
using System.Text;

namespace MucGen.Server.Storage;

/// <summary>The hash functions for which SCRAM keys are kept.</summary>
public enum ScramHash
{
    /// <summary>SCRAM-SHA-1 (RFC 5802), mandatory to implement by RFC 6120 13.8.</summary>
    Sha1,

    /// <summary>SCRAM-SHA-256 (RFC 7677).</summary>
    Sha256,
}

/// <summary>What a server keeps of one password for one hash function (RFC 5802 section 3): enough to verify a client, not enough to be one.</summary>
/// <param name="Salt">The salt that the client is told; 16 bytes for keys made here.</param>
/// <param name="Iterations">The PBKDF2 iteration count; at least <see cref="Credentials.MinIterations"/> for keys made here.</param>
/// <param name="StoredKey">H(ClientKey).</param>
/// <param name="ServerKey">HMAC(SaltedPassword, "Server Key").</param>
public sealed record ScramKeys(byte[] Salt, int Iterations, byte[] StoredKey, byte[] ServerKey)
{
    /// <summary>Derives the keys of an already prepared password (<see cref="Accounts.SaslPrep"/>).</summary>
    public static ScramKeys Derive(ScramHash hash, string preparedPassword, byte[] salt, int iterations)
    {
        ArgumentNullException.ThrowIfNull(salt);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        var name = NameOf(hash);
        var size = hash == ScramHash.Sha1 ? SHA1.HashSizeInBytes : SHA256.HashSizeInBytes;
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(preparedPassword), salt, iterations, name, size);
        var clientKey = CryptographicOperations.HmacData(name, salted, "Client Key"u8);
        var serverKey = CryptographicOperations.HmacData(name, salted, "Server Key"u8);
        return new ScramKeys(salt, iterations, CryptographicOperations.HashData(name, clientKey), serverKey);
    }

    /// <summary>The .NET name of a SCRAM hash function.</summary>
    public static HashAlgorithmName NameOf(ScramHash hash) => hash == ScramHash.Sha1 ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256;
}

/// <summary>The keys of one account, one set a hash function. The password itself is not kept anywhere.</summary>
public sealed record Credentials(ScramKeys Sha1, ScramKeys Sha256)
{
    /// <summary>The least iteration count that RFC 5802 5.1 advises.</summary>
    public const int MinIterations = 4096;

    /// <summary>The iteration count of new keys unless configured otherwise.</summary>
    public const int DefaultIterations = 10_000;

    /// <summary>The number of random bytes in a salt.</summary>
    public const int SaltBytes = 16;

    /// <summary>Whether the account is kept from logging in, although its keys are right (XEP-0133 4.3).</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The keys for a hash function.</summary>
    public ScramKeys this[ScramHash hash] => hash == ScramHash.Sha1 ? Sha1 : Sha256;

    /// <summary>Makes keys, with fresh salts, for a password that <see cref="Accounts.SaslPrep"/> has prepared.</summary>
    public static Credentials FromPrepared(string preparedPassword, int iterations = DefaultIterations)
    {
        ArgumentException.ThrowIfNullOrEmpty(preparedPassword);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, MinIterations);
        return new Credentials(
            ScramKeys.Derive(ScramHash.Sha1, preparedPassword, RandomNumberGenerator.GetBytes(SaltBytes), iterations),
            ScramKeys.Derive(ScramHash.Sha256, preparedPassword, RandomNumberGenerator.GetBytes(SaltBytes), iterations));
    }

    /// <summary>Whether a prepared password is the account's; the comparison takes the same time wherever the keys differ.</summary>
    public bool Matches(string preparedPassword)
    {
        var derived = ScramKeys.Derive(ScramHash.Sha256, preparedPassword, Sha256.Salt, Sha256.Iterations);
        return CryptographicOperations.FixedTimeEquals(derived.StoredKey, Sha256.StoredKey);
    }
}

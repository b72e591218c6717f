using System.Security.Cryptography;
using System.Text;

namespace MucGen.Fuzz;

/// <summary>A fingerprint of everything that is understood of a set of cases: equal on every machine and with every instruction set.</summary>
public static class XmlDigest
{
    /// <summary>SHA-256, in hex, over the descriptions of cases 0 to <paramref name="cases"/>.</summary>
    public static string Of(int seed, int cases)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var source = new XmlCases(seed);
        for (var number = 0; number < cases; number++)
            hash.AppendData(Encoding.UTF8.GetBytes(XmlTarget.Describe(source.Make(number))));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

using System.Globalization;

namespace MucGen.Generator.Tests.Schemas;

/// <summary>Finds two local names of one namespace with the same element key; among 32-bit hashes a few ten thousand names suffice.</summary>
internal static class KeyCollision
{
    public static (string First, string Second) Find(string ns)
    {
        var known = new Dictionary<uint, string>();
        for (var number = 0; ; number++)
        {
            var name = "e" + number.ToString("x", CultureInfo.InvariantCulture);
            var key = ElementKeyHash.Of(ns, name);
            if (known.TryGetValue(key, out var first))
                return (first, name);
            known.Add(key, name);
        }
    }
}

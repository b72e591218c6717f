namespace MucGen.Server.Storage;

/// <summary>Values of the server itself: secrets from which stable identities are derived, and what admins have set.</summary>
public interface IValueStore
{
    /// <summary>The value of this name; the first time, what <paramref name="create"/> makes, once it is on disk.</summary>
    ValueTask<byte[]> GetOrCreateAsync(string name, Func<byte[]> create);

    /// <summary>The value of this name; null when there is none.</summary>
    ValueTask<byte[]?> FindAsync(string name);

    /// <summary>Sets a value or, with null, forgets it; completes when that is on disk.</summary>
    ValueTask SetAsync(string name, byte[]? value);
}

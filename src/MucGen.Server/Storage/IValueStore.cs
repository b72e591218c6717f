namespace MucGen.Server.Storage;

/// <summary>Values that the server makes once and must keep: secrets from which stable identities are derived.</summary>
public interface IValueStore
{
    /// <summary>The value of this name; the first time, what <paramref name="create"/> makes, once it is on disk.</summary>
    ValueTask<byte[]> GetOrCreateAsync(string name, Func<byte[]> create);
}

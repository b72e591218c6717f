namespace MucGen.Corpus;

/// <summary>What the generator is given when everything that the XEPs publish is one project.</summary>
public static class PublishedDefinitions
{
    /// <summary>
    /// The schemas in a folder of XEP sources with their overlays, by path, and the repository's own where a published one imports its namespace. Of several for one
    /// namespace the first counts; those that are not well-formed, and have no patch, are left out.
    /// </summary>
    public static IReadOnlyList<(string Path, string Text)> In(string folder)
    {
        var published = PublishedSchema.FindAll(XepSource.FindAll(folder), RepositoryFolders.Patches)
            .Where(schema => schema is { IsReadable: true, Namespace: not null })
            .DistinctBy(schema => schema.Namespace, StringComparer.Ordinal)
            .ToList();
        var described = published.Select(schema => schema.Namespace!).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. published.Select(schema => (schema.Path, schema.Text)),
            .. published.Select(schema => (Path.ChangeExtension(schema.Path, ".overlay.xml"), schema.Overlay)),
            .. SchemaTrials.Own().Where(own => !described.Contains(own.Key)).Select(own => (own.Value.Path, File.ReadAllText(own.Value.Path))),
        ];
    }
}

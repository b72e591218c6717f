namespace MucGen.Requirements;

/// <summary>Cites the requirements that a test, or every test of a class, proves. The citation is read from the source.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ProvesAttribute(params string[] ids) : Attribute
{
    /// <summary>Ids from the lists in <c>tests/MucGen.Requirements/lists</c>.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;
}
